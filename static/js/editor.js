// The editor: toolbar, shortcuts, live preview, completion, clean paste and pictures, around a plain <textarea>.
// <div data-editor> comes from templates/forum/widgets/editor.html; all it says stands there in data-*.
// Without this script the field is a text field, and the form has a preview button.

import { complete } from "./editor/completion.js";
import { pasteMarkdown } from "./editor/paste.js";
import { pictures } from "./editor/pictures.js";
import { livePreview } from "./editor/preview.js";
import { savedReplies } from "./editor/replies.js";
import { toolbar } from "./editor/toolbar.js";

function start(editor) {
  const field = editor.querySelector("textarea");
  const error = editor.querySelector(".editor__error");
  const say = (sentence) => {
    error.textContent = sentence;
    error.hidden = !sentence;
  };
  editor.dataset.live = "";
  editor.querySelectorAll(".editor__bar, .editor__keys").forEach((part) => { part.hidden = false; });
  // What only a browser without this script needs.
  field.form.querySelectorAll("[data-without-script]").forEach((part) => part.remove());
  const tools = {};
  toolbar(editor, field, tools);
  livePreview(editor, field, say);
  complete(editor, field);
  if (field.dataset.uploadUrl) tools.image = pictures(editor, field, say);
  // After the pictures: what they took is no text any more.
  pasteMarkdown(field);
  savedReplies(editor, field, say);
}

document.querySelectorAll("[data-editor]").forEach(start);
