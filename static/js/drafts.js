// What is being typed is kept on the server, and says so only after the server did. Where the editor asks for a preview
// anyway, the draft goes along with it: not with each, but before people stop to think, which they do where a sentence
// ends, and rather between words than within one. On its own it goes only when nothing has taken it along for a while.
// <input name="draft_version" data-draft="/account/drafts/save/"> stands in the form that is kept. With
// data-draft-copy="ann question_ask", which private rooms never have, the browser keeps a copy until then.
// Without this script the button "Save draft" does it, and a form that fails comes back with its text.

import { renew } from "./editor/token.js";

const EVERY = 4500; // milliseconds from the first unsaved key to its saving
const RIPE = 1000; // from then on it goes along with the next preview that shows whole words
const OVERRIPE = 2500; // with any
const SENTENCE = /[.!?:\n]\s*$/; // with what ends like this at once
const LONGEST_WAIT = 30000; // between two tries
const PREFIX = "draft:";
const OURS = ["csrfmiddlewaretoken", "form_key", "draft_purpose", "draft_target", "draft_version"];

const shelf = {
  read: (name) => { try { return JSON.parse(localStorage.getItem(PREFIX + name)); } catch { return null; } },
  write(name, copy) { try { localStorage.setItem(PREFIX + name, JSON.stringify(copy)); } catch { /* full, or forbidden */ } },
  drop(name) { try { localStorage.removeItem(PREFIX + name); } catch { /* forbidden */ } },
};

function keep(mark) {
  const form = mark.form;
  const [status, panel] = ["status", "conflict"].map((part) => form.querySelector(`[data-draft-${part}]`));
  const copy = mark.dataset.draftCopy;
  let timer, request, dirty = false, waiting = false, sent = false, tries = 0;
  let kept, since = 0; // what the server has, as far as it said so, and when the first key was pressed that it has not

  const entries = () => [...new FormData(form)].filter(([, value]) => typeof value === "string");
  const words = () => Object.fromEntries(entries().filter(([name]) => !OURS.includes(name)));
  const said = () => JSON.stringify(words());
  const remember = (saved) => copy && shelf.write(copy, { words: words(), version: mark.value, saved });

  // The same good news every few seconds is no news: a screen reader hears the first, and what goes wrong.
  function say(text, isQuiet = false) {
    status.ariaLive = isQuiet ? "off" : "polite";
    status.textContent = text ?? "";
  }

  function fill(theirs) {
    for (const field of form.elements) {
      if (!field.name || OURS.includes(field.name) || field.type === "submit" || field.type === "file") continue;
      if (field.type === "checkbox" || field.type === "radio") field.checked = theirs[field.name] === field.value;
      else if (field.name in theirs) field.value = theirs[field.name];
    }
  }

  function later(wait = EVERY) {
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  }

  function changed() {
    if (!dirty && said() === kept) return; // a field was left
    if (!dirty) since = Date.now();
    if (!dirty && !request) later();
    dirty = true;
    if (status.textContent === mark.dataset.draftSaid) status.textContent = ""; // it is true no more
    remember(false);
  }

  // `isLast`: the page may be gone before the answer comes.
  async function save(isLast = false) {
    clearTimeout(timer);
    if (sent || waiting || (request && !isLast)) return;
    const now = begin();
    if (now === kept) return hearVersion(mark.value, now);
    request = new AbortController();
    try {
      const response = await fetch(mark.dataset.draft, {
        method: "POST", body: new URLSearchParams(entries()), headers: { Accept: "application/json" },
        keepalive: isLast, signal: request.signal,
      });
      await hear(response, now);
    } catch (error) {
      if (error.name !== "AbortError") again(status.dataset.offline);
    } finally {
      request = undefined;
    }
    if (dirty && !tries) later(since + EVERY - Date.now());
  }

  function begin() {
    dirty = false;
    return said();
  }

  function isDue() {
    const { value, selectionEnd } = form.elements.text;
    const before = value.slice(0, selectionEnd);
    return SENTENCE.test(before) || Date.now() - since >= (/\s$/.test(before) ? RIPE : OVERRIPE);
  }

  // The editor asks for a preview: the same request saves, unless one is under way or the next will do.
  function goAlong({ detail: asking }) {
    if (!dirty || !isDue() || tries || sent || waiting || request) return;
    clearTimeout(timer);
    const now = begin();
    if (now === kept) return hearVersion(mark.value, now);
    const mine = request = new AbortController();
    asking.body = new URLSearchParams(entries());
    asking.signal = mine.signal;
    asking.heard = (version) => {
      if (request !== mine || mine.signal.aborted) return;
      request = undefined;
      if (version) hearVersion(version, now);
      else dirty = true;
      if (dirty) later(version ? since + EVERY - Date.now() : 0); // on its own it hears why
    };
  }

  function hearVersion(version, now, sentence = status.dataset.saved) {
    const isNews = tries > 0 || mark.dataset.draftSaid !== sentence;
    mark.value = version;
    mark.dataset.draftSaid = sentence;
    kept = now;
    tries = 0;
    if (dirty) return;
    remember(true);
    say(sentence, !isNews);
  }

  async function hear(response, now) {
    if (response.status === 409) {
      waiting = true;
      say("");
      panel.innerHTML = await response.text();
    } else if ([200, 410, 413, 422].includes(response.status)) {
      const { version, said: sentence } = await response.json();
      if (response.status === 200) return hearVersion(version, now, sentence);
      if (response.status === 410) sent = true;
      tries = 0;
      if (!dirty) say(sentence);
    } else if ([401, 403].includes(response.status)) {
      again((await renew()) ? "" : status.dataset.signedOut);
    } else {
      again(status.dataset.failed);
    }
  }

  function again(text) {
    say(text, status.textContent === text);
    dirty = true;
    later(Math.min(LONGEST_WAIT, 1000 * 2 ** tries++));
  }

  function choose(button) {
    if (button.dataset.keep === "theirs") {
      fill(Object.fromEntries([...panel.querySelectorAll("[data-theirs]")].map((field) => [field.dataset.theirs, field.value])));
    }
    mark.value = button.dataset.version;
    kept = undefined;
    panel.replaceChildren();
    waiting = dirty = false;
    form.elements.text.focus();
    remember(button.dataset.keep === "theirs");
    if (button.dataset.keep === "mine") save();
  }

  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("asking", goAlong);
  panel.addEventListener("click", (event) => {
    const button = event.target.closest("[data-keep]");
    if (button) choose(button);
  });
  form.addEventListener("submit", (event) => {
    const name = event.submitter?.name;
    if (name === "save_draft") {
      event.preventDefault();
      return save();
    }
    if (name === "discard_draft" && copy) shelf.drop(copy);
    // From here on the sending counts: what is saved after it would be a draft of what is published.
    sent = true;
    clearTimeout(timer);
    request?.abort();
  });
  addEventListener("pagehide", () => dirty && save(true));
  document.addEventListener("visibilitychange", () => document.hidden && dirty && save(true));
  addEventListener("pageshow", (event) => { if (event.persisted) sent = false; });
  addEventListener("online", () => dirty && save());

  const copied = copy && "draftFresh" in mark.dataset && shelf.read(copy);
  if (copied && !copied.saved && JSON.stringify(copied.words) !== said()) {
    fill(copied.words);
    mark.value = copied.version;
    dirty = true;
    say(status.dataset.back);
    later(0);
  }
}

document.querySelectorAll("[data-draft]").forEach(keep);
