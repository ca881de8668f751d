// What is being typed is kept on the server, and says so only after the server did.
// <input name="draft_version" data-draft="/account/drafts/save/"> stands in the form that is kept. With
// data-draft-copy="ann question_ask", which private rooms never have, the browser keeps a copy until then.
// Without this script the button "Save draft" does it, and a form that fails comes back with its text.

const EVERY = 4000; // milliseconds from the first unsaved key to its saving
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

  const entries = () => [...new FormData(form)].filter(([, value]) => typeof value === "string");
  const words = () => Object.fromEntries(entries().filter(([name]) => !OURS.includes(name)));
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
    if (!dirty && !request) later();
    dirty = true;
    if (status.ariaLive === "off") status.textContent = "";
    remember(false);
  }

  // `isLast`: the page may be gone before the answer comes.
  async function save(isLast = false) {
    clearTimeout(timer);
    if (sent || waiting || (request && !isLast)) return;
    dirty = false;
    request = new AbortController();
    try {
      const response = await fetch(mark.dataset.draft, {
        method: "POST", body: new URLSearchParams(entries()), headers: { Accept: "application/json" },
        keepalive: isLast, signal: request.signal,
      });
      await hear(response);
    } catch (error) {
      if (error.name !== "AbortError") again(status.dataset.offline);
    } finally {
      request = undefined;
    }
    if (dirty && !tries) later();
  }

  async function hear(response) {
    if (response.status === 409) {
      waiting = true;
      say("");
      panel.innerHTML = await response.text();
    } else if ([200, 410, 413, 422].includes(response.status)) {
      const { version, said } = await response.json();
      const isNews = tries > 0 || response.status !== 200 || mark.dataset.draftSaid !== said;
      if (response.status === 410) sent = true;
      if (response.status === 200) {
        mark.value = version;
        mark.dataset.draftSaid = said;
        if (!dirty) remember(true);
      }
      tries = 0;
      if (!dirty) say(said, !isNews);
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

  // After signing in elsewhere the page holds a token that is void; a fresh copy of the page brings a good one.
  async function renew() {
    const response = await fetch(location.href);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const token = page.querySelector("[data-draft]")?.form.elements.csrfmiddlewaretoken.value;
    if (token) document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((field) => { field.value = token; });
    return token;
  }

  function choose(button) {
    if (button.dataset.keep === "theirs") {
      fill(Object.fromEntries([...panel.querySelectorAll("[data-theirs]")].map((field) => [field.dataset.theirs, field.value])));
    }
    mark.value = button.dataset.version;
    panel.replaceChildren();
    waiting = dirty = false;
    form.elements.text.focus();
    remember(button.dataset.keep === "theirs");
    if (button.dataset.keep === "mine") save();
  }

  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
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

  const kept = copy && "draftFresh" in mark.dataset && shelf.read(copy);
  if (kept && !kept.saved && JSON.stringify(kept.words) !== JSON.stringify(words())) {
    fill(kept.words);
    mark.value = kept.version;
    dirty = true;
    say(status.dataset.back);
    later(0);
  }
}

document.querySelectorAll("[data-draft]").forEach(keep);
