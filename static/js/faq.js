// #faq-… opens its entry. Browsers that unfold what a fragment finds inside do so by themselves; older ones need this.

function unfold() {
  const found = document.getElementById(location.hash.slice(1))?.closest("details");
  if (!found) return;
  found.open = true;
  found.scrollIntoView({ block: "start" });
}

addEventListener("hashchange", unfold);
if (location.hash) unfold();
