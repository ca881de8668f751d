// <button data-print hidden>: prints. Without this script the browser's own menu does.

document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => print());
});
