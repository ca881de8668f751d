// <a href="https://…" data-quick-exit>: leaves at once and takes this page's place in the history,
// so that "back" does not lead here again. Without this script it is a plain link.

document.querySelectorAll("[data-quick-exit]").forEach((link) => {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    location.replace(link.href);
  });
});
