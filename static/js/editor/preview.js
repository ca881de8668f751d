// The live preview: beside the text where there is room, else behind a tab.
// It shows the server's own HTML, the same that is published, and only ever the newest answer.

const PAUSE = 300; // milliseconds after the last key
const LATEST = 2000; // after the first that is not shown yet, while somebody types on

export function livePreview(editor, field, say) {
  const said = editor.dataset;
  const pane = editor.querySelector(".editor__preview"), write = editor.querySelector(".editor__write");
  const into = pane.querySelector("[data-preview]"), empty = pane.querySelector(".editor__empty");
  const advice = editor.querySelector(".editor__advice");
  const [writeTab, previewTab] = editor.querySelectorAll("[role=tab]");
  let timer, request, since, number = 0, shown = "";

  pane.hidden = false;
  write.setAttribute("role", "tabpanel");
  write.setAttribute("aria-labelledby", writeTab.id);
  empty.textContent = said.noPreview;
  said.tab = "write";

  async function show() {
    clearTimeout(timer);
    since = undefined;
    const text = field.value;
    if (text === shown || !pane.checkVisibility()) return;
    request?.abort();
    const mine = ++number;
    pane.setAttribute("aria-busy", "true");
    try {
      const answer = text.trim() ? await ask(text) : { html: "", tone: "" };
      if (mine !== number) return;
      shown = text;
      say("");
      into.innerHTML = answer.html;
      empty.hidden = Boolean(answer.html);
      if (!("internal" in field.dataset)) advice.textContent = { mixed: said.mixed, sie: said.saysSie, du: said.saysDu }[answer.tone] ?? "";
    } catch (error) {
      if (error.name !== "AbortError" && mine === number) say(error.sentence ?? said.failed);
    } finally {
      if (mine === number) pane.removeAttribute("aria-busy");
    }
  }

  // What keeps drafts may send the whole form along; then a newer request does not cut it short.
  async function ask(text) {
    const token = field.form.elements.csrfmiddlewaretoken.value;
    const along = { body: new URLSearchParams({ text, csrfmiddlewaretoken: token }) };
    field.form.dispatchEvent(new CustomEvent("asking", { detail: along }));
    request = along.heard ? undefined : new AbortController();
    let version = null;
    try {
      const response = await fetch(said.previewUrl, { method: "POST", body: along.body, signal: along.signal ?? request.signal });
      version = response.headers.get("Draft");
      if (response.ok) return { html: await response.text(), tone: response.headers.get("Tone") ?? "" };
      const sentence = { 401: said.signedOut, 403: said.signedOut, 429: said.patience }[response.status];
      throw Object.assign(new Error(), { sentence: response.status === 422 ? await response.text() : sentence });
    } finally {
      along.heard?.(version);
    }
  }

  function turn(tab) {
    said.tab = tab === previewTab ? "preview" : "write";
    for (const one of [writeTab, previewTab]) {
      one.setAttribute("aria-selected", String(one === tab));
      one.tabIndex = one === tab ? 0 : -1;
    }
    show();
  }

  [writeTab, previewTab].forEach((tab) => {
    tab.addEventListener("click", () => turn(tab));
    tab.addEventListener("keydown", (event) => {
      if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
      event.preventDefault();
      const other = tab === writeTab ? previewTab : writeTab;
      turn(other);
      other.focus();
    });
  });
  // A form that is sent with a mistake in the text must not hide the field.
  field.addEventListener("focus", () => { if (said.tab !== "write") turn(writeTab); });
  field.addEventListener("invalid", () => turn(writeTab));
  field.addEventListener("input", () => {
    clearTimeout(timer);
    since ??= Date.now();
    timer = setTimeout(show, Math.min(PAUSE, since + LATEST - Date.now()));
  });
  new ResizeObserver(show).observe(pane);
}
