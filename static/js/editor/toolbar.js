// The buttons above the field, and their shortcuts (WAI-ARIA toolbar: one stop for Tab, arrows within).
// A key with Alt or AltGr is never ours: [, ], @ and { are typed with it on many keyboards.

import { replace, select } from "./text.js";

const SHORTCUTS = { b: "bold", i: "italic", k: "link" };

function around(field, mark) {
  const { selectionStart: start, selectionEnd: end, value } = field;
  const chosen = value.slice(start, end), size = mark.length;
  const stands = (from, to) => value.slice(from, from + size) === mark && value.slice(to - size, to) === mark;
  // One star inside two is no italic.
  const isOther = mark === "*" && value.slice(start - 2, start) === "**" && value.slice(start - 3, start) !== "***";
  if (chosen.length >= 2 * size && stands(start, end) && !(mark === "*" && chosen.startsWith("**") && !chosen.startsWith("***"))) {
    replace(field, start, end, chosen.slice(size, -size));
    return select(field, start, end - 2 * size);
  }
  if (start >= size && stands(start - size, end + size) && !isOther) {
    replace(field, start - size, end + size, chosen);
    return select(field, start - size, end - size);
  }
  // Marks must touch the words: spaces at the ends stay outside.
  const lead = chosen.match(/^\s*/)[0], core = chosen.trim(), tail = core ? chosen.slice(lead.length + core.length) : "";
  replace(field, start, end, lead + mark + core + mark + tail);
  select(field, start + lead.length + size, start + lead.length + size + core.length);
}

function link(field, words) {
  const { selectionStart: start, selectionEnd: end, value } = field;
  const chosen = value.slice(start, end).trim();
  const isAddress = /^(https?:\/\/|mailto:)\S+$/.test(chosen);
  const text = isAddress || !chosen ? words : chosen, address = isAddress ? chosen : "https://";
  replace(field, start, end, `[${text}](${address})`);
  if (isAddress || !chosen) select(field, start + 1, start + 1 + text.length);
  else select(field, start + text.length + 3, start + text.length + 3 + address.length);
}

// The whole lines that are chosen, each with the mark before it; or without it, where all have it.
function lines(field, mark) {
  const { value } = field;
  const start = value.lastIndexOf("\n", field.selectionStart - 1) + 1;
  const stop = value.indexOf("\n", field.selectionEnd);
  const end = stop < 0 ? value.length : stop;
  const chosen = value.slice(start, end).split("\n");
  const isMarked = chosen.every((line) => line.startsWith(mark));
  const changed = chosen.map((line) => (isMarked ? line.slice(mark.length) : mark + line)).join("\n");
  replace(field, start, end, changed);
  if (chosen.length > 1) select(field, start, start + changed.length);
}

function code(field) {
  const { selectionStart: start, selectionEnd: end, value } = field;
  const chosen = value.slice(start, end);
  if (!chosen.includes("\n")) return around(field, "`");
  const before = start && value[start - 1] !== "\n" ? "\n" : "";
  const after = end < value.length && value[end] !== "\n" ? "\n" : "";
  replace(field, start, end, `${before}\`\`\`\n${chosen.replace(/\n$/, "")}\n\`\`\`${after}`);
}

export function toolbar(editor, field, tools) {
  Object.assign(tools, {
    bold: () => around(field, "**"),
    italic: () => around(field, "*"),
    link: () => link(field, editor.dataset.linkText),
    list: () => lines(field, "- "),
    quote: () => lines(field, "> "),
    code: () => code(field),
  });
  const bar = editor.querySelector("[role=toolbar]"), buttons = [...bar.querySelectorAll("button")];
  bar.addEventListener("click", (event) => {
    const button = event.target.closest("[data-tool]");
    if (!button) return;
    rove(button);
    tools[button.dataset.tool]?.();
  });
  bar.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(document.activeElement), last = buttons.length - 1;
    const to = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at ? at - 1 : last, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    rove(buttons[to]);
    buttons[to].focus();
  });
  field.addEventListener("keydown", (event) => {
    if (event.altKey || event.shiftKey || event.getModifierState("AltGraph") || !(event.ctrlKey || event.metaKey)) return;
    const tool = SHORTCUTS[event.key.toLowerCase()];
    if (!tool) return;
    event.preventDefault();
    tools[tool]();
  });

  function rove(to) {
    buttons.forEach((button) => { button.tabIndex = button === to ? 0 : -1; });
  }
}
