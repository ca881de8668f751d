// A pasted web page or Word text becomes Markdown. Pasting without formatting (Ctrl+Shift+V) brings no HTML
// along and stays the browser's business, as does HTML that says no more than its plain text.

import { toMarkdown } from "./markdown.js";
import { insertBlock, replace } from "./text.js";

const LONGEST = 400_000; // characters of HTML; a book is pasted as plain text
// A heading, list, quotation, table or code is none unless it begins a line.
const BLOCK = /^(#{1,6} |[->|] |\d+\. |```)/;

export function pasteMarkdown(field) {
  field.addEventListener("paste", (event) => {
    if (event.defaultPrevented) return;
    const html = event.clipboardData.getData("text/html");
    if (!html || html.length > LONGEST) return;
    const text = toMarkdown(html);
    if (!text || text === event.clipboardData.getData("text/plain").trim()) return;
    event.preventDefault();
    const isWithinALine = /[^\n]$/.test(field.value.slice(0, field.selectionStart));
    if (isWithinALine && BLOCK.test(text)) insertBlock(field, text);
    else replace(field, field.selectionStart, field.selectionEnd, text);
  });
}
