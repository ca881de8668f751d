// "Send again" works with one press after signing in elsewhere: that made the token of this page void, and the page on
// which the form stood brings a good one. Without this script the first press brings it, and the second sends.

for (const form of document.querySelectorAll("form[data-again]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const field = form.elements.csrfmiddlewaretoken;
    try {
      const page = new DOMParser().parseFromString(await (await fetch(form.dataset.again)).text(), "text/html");
      field.value = page.querySelector("[name=csrfmiddlewaretoken]")?.value ?? field.value;
    } catch { /* no network: the browser says so */ }
    form.submit();
  });
}
