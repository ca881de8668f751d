// Saved replies of the team: what stands below the form without a script moves into the editor's bar as a list.
// The titles are fetched when somebody begins to write; what is chosen comes filled in and goes where the cursor is.

import { insertBlock } from "./text.js";

export function savedReplies(editor, field, say) {
  const box = field.form.querySelector("[data-replies]");
  if (!box) return;
  const { replies: address, about, choose, insert, failed } = box.dataset;
  // Nameless, so that neither the form nor its draft takes it for something written.
  const choice = document.createElement("select"), button = document.createElement("button");
  const none = box.querySelector("[data-none]");
  choice.setAttribute("aria-label", choose);
  choice.add(new Option(choose, ""));
  Object.assign(button, { type: "button", className: "button button--quiet", textContent: insert });
  box.replaceChildren(choice, button);
  editor.querySelector(".editor__tools").after(box);

  async function ask(query) {
    const url = new URL(address, location);
    Object.entries(query).forEach(([name, value]) => url.searchParams.set(name, value));
    const response = await fetch(url, { headers: { Accept: "application/json" } });
    if (!response.ok) throw new Error(response.statusText);
    return response.json();
  }

  let titles;
  const load = () => {
    titles ??= ask({}).then(({ replies }) => {
      replies.forEach(({ pk, title }) => choice.add(new Option(title, pk)));
      if (replies.length) return;
      none.hidden = false;
      box.replaceChildren(none); // in the same room: nothing moves while somebody begins to write
    }).catch(() => { titles = undefined; });
  };
  editor.addEventListener("focusin", load);
  box.addEventListener("pointerover", load);
  button.addEventListener("click", async () => {
    if (!choice.value) return choice.focus();
    try {
      const { text } = await ask({ reply: choice.value, about });
      choice.value = "";
      insertBlock(field, text);
      say("");
    } catch {
      say(failed);
    }
  });
}
