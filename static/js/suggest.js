// Similar questions while a title is being typed.
// <input data-suggest-url="/ask/similar/" data-suggest-into="similar"> fills the polite live region #similar
// with the page's HTML fragment. Without this script the form shows the same list after sending.

const PAUSE = 350; // milliseconds after the last key
const SHORTEST = 8; // characters before a title says anything

// What was shown stays in the form when the list changes, and with it what was read: staff see why it did not help.
function keep(region) {
  for (const { name, value } of region.querySelectorAll("[name=shown], [name=read]:checked")) {
    if (region.parentElement.querySelector(`[data-kept][name="${name}"][value="${CSS.escape(value)}"]`)) continue;
    const kept = Object.assign(document.createElement("input"), { type: "hidden", name, value });
    kept.dataset.kept = "";
    region.after(kept);
  }
}

// Who opens one of them has read it; the box can be cleared again.
document.addEventListener("click", (event) => {
  const box = event.target.closest?.(".suggestions a")?.parentElement.querySelector("[name=read]");
  if (box) box.checked = true;
});

function suggest(input) {
  const region = document.getElementById(input.dataset.suggestInto);
  let timer, request, shown = "";

  async function ask() {
    const title = input.value.trim();
    if (title === shown) return;
    shown = title;
    request?.abort();
    if (title.length < SHORTEST) return region.replaceChildren();
    request = new AbortController();
    const address = new URL(input.dataset.suggestUrl, location);
    address.searchParams.set("title", title);
    try {
      const response = await fetch(address, { signal: request.signal, headers: { Accept: "text/html" } });
      if (!response.ok) return;
      const fragment = await response.text();
      keep(region);
      region.innerHTML = fragment;
    } catch (error) {
      if (error.name !== "AbortError") region.replaceChildren(); // comfort only: no network, no list
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  ask();
}

document.querySelectorAll("[data-suggest-url]").forEach(suggest);
