// An open menu closes by Escape and by a click beside it, as people expect of menus.

const open = () => document.querySelector(".menu[open]");

document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && open();
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

document.addEventListener("click", (event) => {
  const menu = open();
  if (menu && !menu.contains(event.target)) menu.open = false;
});

// What drafts.js keeps in this browser goes when it was sent, when somebody signs out, and when it is another's.
function forget(isOver) {
  try {
    Object.keys(localStorage).filter((key) => key.startsWith("draft:") && isOver(key)).forEach((key) => localStorage.removeItem(key));
  } catch { /* a browser that keeps nothing has nothing to forget */ }
}

const name = document.querySelector(".menu summary span")?.textContent;
const sent = [...document.querySelectorAll("[data-sent]")].map((mark) => `draft:${mark.dataset.sent}`);
forget((key) => sent.includes(key) || !key.startsWith(`draft:${name} `));
document.addEventListener("submit", (event) => {
  if (event.target.getAttribute("action")?.endsWith("/account/logout/")) forget(() => true);
});
