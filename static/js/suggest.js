// Similar questions while a title is being typed.
// <input data-suggest-url="/ask/similar/" data-suggest-into="similar"> fills the polite live region #similar
// with the page's HTML fragment. Without this script the form shows the same list after sending.

const PAUSE = 350; // milliseconds after the last key
const SHORTEST = 8; // characters before a title says anything

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
      if (response.ok) region.innerHTML = await response.text();
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
