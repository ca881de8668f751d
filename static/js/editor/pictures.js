// Pictures: chosen, pasted or dropped. What they show is asked for first, then they are sent to data-upload-url;
// until the answer a placeholder stands in the text, and whatever goes wrong leaves the text as it was.

import { insertBlock, replace } from "./text.js";
import { renew } from "./token.js";

export function pictures(editor, field, say) {
  const dialog = editor.querySelector("dialog"), words = dialog.querySelector("[data-alt]");
  const choose = dialog.querySelector("[data-choose]"), name = dialog.querySelector("[data-file]");
  const waiting = [];
  let file = null, number = 0, marked = null;

  // The next picture, or with none the choice of one.
  function open(next = null) {
    file = next;
    marked = [field.selectionStart, field.selectionEnd]; // a dialog that closes may put the cursor at the beginning
    name.textContent = next?.name ?? "";
    choose.hidden = Boolean(next);
    choose.value = words.value = "";
    dialog.showModal();
    (next ? words : choose).focus();
  }

  function take(files) {
    const images = [...files].filter((one) => one.type.startsWith("image/"));
    waiting.push(...images);
    if (images.length && !dialog.open) open(waiting.shift());
    return images.length > 0;
  }

  async function send() {
    const picture = file ?? choose.files[0];
    if (!picture) return choose.focus();
    const alt = words.value.trim();
    const [, end] = marked;
    marked = null;
    dialog.close();
    const place = `![${editor.dataset.uploading} ${++number} …]()`;
    // After what is marked, not in its place.
    field.setSelectionRange(end, end);
    const block = insertBlock(field, place);
    try {
      swap(place, await upload(picture, alt));
      say("");
    } catch (error) {
      swap(field.value.includes(block) ? block : place, "");
      say(error.sentence || editor.dataset.notUploaded);
    }
  }

  async function upload(picture, alt, isSecond = false) {
    const body = new FormData();
    body.set("image", picture);
    body.set("alternative_text", alt);
    body.set("csrfmiddlewaretoken", field.form.elements.csrfmiddlewaretoken.value);
    const response = await fetch(field.dataset.uploadUrl, { method: "POST", body, headers: { Accept: "application/json" } });
    if (response.status === 403 && !isSecond && await renew()) return upload(picture, alt, true);
    const answer = await response.json().catch(() => ({}));
    if (response.ok && answer.markdown) return answer.markdown;
    throw Object.assign(new Error(), { sentence: answer.error });
  }

  // Meanwhile the person may have typed on: the cursor stays with its words.
  function swap(place, text) {
    const at = field.value.indexOf(place);
    if (at < 0) return;
    const end = at + place.length, shift = text.length - place.length;
    const moved = (spot) => (spot >= end ? spot + shift : Math.min(spot, at + text.length));
    const [from, to] = [field.selectionStart, field.selectionEnd].map(moved);
    replace(field, at, end, text);
    field.setSelectionRange(from, to);
  }

  dialog.querySelector("[data-send]").addEventListener("click", send);
  // Back where the cursor was, before the next key: the event of the closing may come after it.
  function back() {
    field.focus();
    if (marked) field.setSelectionRange(...marked);
    marked = null;
  }

  dialog.querySelector("[data-cancel]").addEventListener("click", () => {
    dialog.close();
    back();
  });
  dialog.addEventListener("keydown", (event) => {
    // Enter would send the form around the field.
    if (event.key !== "Enter" || event.target !== words) return;
    event.preventDefault();
    send();
  });
  dialog.addEventListener("close", () => {
    back();
    if (waiting.length) open(waiting.shift());
  });
  field.addEventListener("paste", (event) => {
    // A spreadsheet brings its cells as a picture too: words come first.
    const hasWords = event.clipboardData.types.includes("text/plain");
    if (!hasWords && take(event.clipboardData.files)) event.preventDefault();
  });
  field.addEventListener("dragover", (event) => { if (event.dataTransfer.types.includes("Files")) event.preventDefault(); });
  field.addEventListener("drop", (event) => { if (take(event.dataTransfer.files)) event.preventDefault(); });
  return () => open();
}
