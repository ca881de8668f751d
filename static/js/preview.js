// The preview button shows the rendered text without leaving the form.
// <button name="preview" data-preview="/preview/" data-preview-from="id_text" data-preview-into="preview">
// Without this script the same button sends the form, and the page comes back with the preview in it.

async function show(button) {
  const form = button.form;
  const region = document.getElementById(button.dataset.previewInto);
  const body = new FormData();
  body.set("text", document.getElementById(button.dataset.previewFrom).value);
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  const response = await fetch(button.dataset.preview, { method: "POST", body });
  if (!response.ok) throw new Error(response.statusText);
  region.innerHTML = await response.text();
  region.scrollIntoView({ block: "nearest" });
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-preview]");
  if (!button) return;
  event.preventDefault();
  button.setAttribute("aria-busy", "true");
  show(button)
    .catch(() => button.form.requestSubmit(withoutScript(button)))
    .finally(() => button.removeAttribute("aria-busy"));
});

// When the quick way fails the button goes the long one, as if there were no script.
function withoutScript(button) {
  delete button.dataset.preview;
  return button;
}
