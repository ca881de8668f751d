// Completion while typing: @ for people, # for questions and FAQ entries.
// The field stays a text field: a textarea may be called nothing else, and a text field can not be said to be expanded
// (ARIA in HTML). So it points to its listbox with aria-controls and aria-activedescendant, a status tells that there are
// suggestions and how many, and all else is the combobox pattern of WAI-ARIA. The server decides who and what may be named.

import { replace } from "./text.js";

const PAUSE = 150; // milliseconds after the last key
const NAME = /(?:^|[\s(])@([^\s@#()[\]]{0,30})$/;
const LINK = /(?:^|[\s(])#([^\s#][^\n#]{1,60})$/;

export function complete(editor, field) {
  const list = Object.assign(document.createElement("ul"), { className: "editor__list", id: `${field.id}_list`, hidden: true });
  const status = editor.querySelector(".editor__status");
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", editor.dataset.suggestions);
  editor.querySelector(".editor__write").append(list);
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-haspopup", "listbox");
  field.setAttribute("aria-controls", list.id);
  let timer, request, number = 0, items = [], active = 0, from = 0, given = "", closed = -1;

  function trigger() {
    if (field.selectionStart !== field.selectionEnd) return null;
    const before = field.value.slice(0, field.selectionStart);
    for (const [kind, pattern] of [["name", NAME], ["link", LINK]]) {
      const found = before.match(pattern);
      if (found) return { kind, q: found[1], from: field.selectionStart - found[1].length - 1 };
    }
    return null;
  }

  function close() {
    clearTimeout(timer);
    request?.abort();
    number++;
    list.hidden = true;
    list.replaceChildren();
    items = [];
    status.textContent = "";
    field.removeAttribute("aria-activedescendant");
  }

  async function look() {
    const what = trigger();
    if (!what || what.from === closed) return close();
    // Nothing was found for less: there is nothing for more.
    if (!items.length && given && what.from === from && `${what.kind}${what.q}`.startsWith(given)) return;
    request?.abort();
    request = new AbortController();
    const mine = ++number;
    const address = new URL(editor.dataset.completeUrl, location);
    const thread = field.form.querySelector("[data-thread]")?.dataset.thread ?? "";
    Object.entries({ kind: what.kind, q: what.q, thread }).forEach(([name, value]) => address.searchParams.set(name, value));
    try {
      const response = await fetch(address, { signal: request.signal, headers: { Accept: "application/json" } });
      const found = response.ok ? (await response.json()).items : [];
      if (mine !== number) return;
      from = what.from;
      given = found.length ? "" : `${what.kind}${what.q}`;
      show(found);
    } catch (error) {
      if (error.name !== "AbortError") close(); // comfort only: no network, no list
    }
  }

  function show(found) {
    if (!found.length) return close();
    items = found;
    list.replaceChildren(...found.map(({ label, note }, index) => {
      const option = document.createElement("li");
      option.id = `${list.id}_${index}`;
      option.setAttribute("role", "option");
      option.append(Object.assign(document.createElement("bdi"), { textContent: label }));
      if (note) option.append(Object.assign(document.createElement("span"), { className: "soft", textContent: note }));
      // Before the field loses the focus.
      option.addEventListener("pointerdown", (event) => event.preventDefault());
      option.addEventListener("click", () => take(index));
      return option;
    }));
    list.hidden = false;
    list.style.insetBlockStart = `${Math.min(caretBottom(field), field.offsetTop + field.offsetHeight)}px`;
    status.textContent = `${editor.dataset.suggestions} ${found.length}`;
    choose(0);
  }

  function choose(index) {
    active = (index + items.length) % items.length;
    [...list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === active)));
    field.setAttribute("aria-activedescendant", list.children[active].id);
    list.children[active].scrollIntoView({ block: "nearest" });
  }

  function take(index) {
    const { insert } = items[index];
    close();
    replace(field, from, field.selectionStart, `${insert} `);
  }

  field.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    const act = {
      ArrowDown: () => choose(active + 1), ArrowUp: () => choose(active - 1), Enter: () => take(active),
      Escape: () => { closed = from; close(); },
    }[event.key];
    if (!act || event.ctrlKey || event.altKey || event.shiftKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  });
  field.addEventListener("input", () => {
    const what = trigger();
    if (!what) closed = -1;
    clearTimeout(timer);
    if (!what || what.from === closed) return close();
    timer = setTimeout(look, PAUSE);
  });
  field.addEventListener("blur", close);
  // Once the cursor stands elsewhere, what is offered belongs to nothing.
  for (const event of ["keyup", "pointerup"]) {
    field.addEventListener(event, () => { if (!list.hidden && trigger()?.from !== from) close(); });
  }
}

// Where the line with the cursor ends, in pixels from the top of the field's box.
function caretBottom(field) {
  const style = getComputedStyle(field), twin = document.createElement("div"), mark = document.createElement("span");
  for (const name of ["font", "letterSpacing", "padding", "border", "boxSizing", "lineHeight"]) twin.style[name] = style[name];
  Object.assign(twin.style, { position: "absolute", visibility: "hidden", whiteSpace: "pre-wrap", overflowWrap: "break-word" });
  twin.style.inlineSize = `${field.clientWidth}px`;
  mark.textContent = "|";
  twin.append(field.value.slice(0, field.selectionStart), mark);
  field.after(twin);
  const bottom = field.offsetTop + mark.offsetTop + mark.offsetHeight - field.scrollTop;
  twin.remove();
  return bottom + 4;
}
