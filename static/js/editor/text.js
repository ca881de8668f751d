// Changes to the text of a field as if they were typed: the browser's own undo takes them back.

export function replace(field, start, end, text) {
  field.focus();
  field.setSelectionRange(start, end);
  // Deprecated and without an heir: nothing else keeps the undo history of a text field.
  const done = start === end && !text ? true : document.execCommand(text ? "insertText" : "delete", false, text);
  if (!done || field.value.slice(start, start + text.length) !== text) {
    field.setRangeText(text, start, end, "end");
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
}

export function select(field, start, end = start) {
  field.setSelectionRange(start, end);
}

// Puts something where the cursor is, with an empty line before and after it, and answers with all it has put there.
export function insertBlock(field, text) {
  const { selectionStart: start, selectionEnd: end, value } = field;
  const before = value.slice(0, start), after = value.slice(end);
  const gap = !before || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  const rest = !after || after.startsWith("\n") ? "" : "\n\n";
  replace(field, start, end, gap + text + rest);
  return gap + text + rest;
}
