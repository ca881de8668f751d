"""What people write stays text, in every place that shows it, with the content security policy and without it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from django.conf import settings as site_settings
from django.contrib import admin
from django.core import mail
from playwright.sync_api import expect

from accounts.mail import deliver_due
from accounts.models import User
from forum.models import Conversation, FaqEntry, Question, SavedReply
from moderation.models import Notice
from tests.browser.conftest import LONGEST, Door
from tests.browser.poison import WORD, payloads, poison_everything, soups
from tests.browser.watch import MEANT, Watch

if TYPE_CHECKING:
    from playwright.sync_api import Page

# Dialogs are what most payloads try; the policy says what it had to stop.
TRAP = """() => {
  for (const name of ['alert', 'confirm', 'prompt', 'print'])
    window[name] = (...said) => window.caught(`${name}(${said})`);
  document.addEventListener('securitypolicyviolation', e => window.caught(`${e.violatedDirective} ${e.blockedURI}`));
}"""
# What no text may have become, whether it ran or waits for a click. Ours are the icons and the files in /static/js/.
ALIVE = """() => {
  const places = ['href', 'src', 'action', 'formaction', 'xlink:href', 'data', 'poster', 'background', 'srcset'];
  const schemes = ['http:', 'https:', 'mailto:', 'tel:'];
  const safe = value => URL.canParse(value, location) && schemes.includes(new URL(value, location).protocol);
  const alive = [];
  for (const e of document.querySelectorAll('*')) {
    const odd = e.matches(`iframe, object, embed, math, base, video, audio, marquee, template, frame, applet, keygen,
      svg:not(.icon), script:not([src^="/static/js/"], [type="application/ld+json"]), body style, body link, body meta,
      body title,
      .prose img:not([src^="/media/"]), .prose :is(form, input, button, textarea, select, [id], [name])`);
    // The list of the editor is placed by our script.
    const armed = [...e.attributes].filter(a => a.name !== 'style' || !e.matches('.editor__list')).some(
      a => /^on|^style$|^srcdoc$/i.test(a.name) || places.includes(a.name) && !safe(a.value));
    if (odd || armed) alive.push(e.outerHTML.slice(0, 160));
  }
  return alive;
}"""


def without_policy() -> dict[str, Any]:
    """Without the second line of defence the first has to hold alone."""
    return site_settings.CONTENT_SECURITY_POLICY | {"EXCLUDE_URL_PREFIXES": ("/",)}


@pytest.fixture
def no_policy(settings: Any) -> None:
    settings.CONTENT_SECURITY_POLICY = without_policy()


class Trap:
    """A window in which every attempt is noticed."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.caught: list[str] = []
        page.set_default_timeout(2 * LONGEST)  # hundreds of posts on one page
        page.route("**/media/**", lambda route: route.fulfill(body=b"", content_type="image/png"))
        page.expose_function("caught", lambda what: self.caught.append(f"{page.url[:120]} ran {what}"))
        page.add_init_script(f"({TRAP})()")

    def visit(self, *paths: str) -> None:
        for path in paths:
            self.page.goto(path)
            self.look()

    def look(self) -> None:
        self.page.wait_for_load_state()
        self.caught += [f"{self.page.url[:120]} holds {what}" for what in self.page.evaluate(ALIVE)]


@pytest.fixture
def texts() -> list[str]:
    found = payloads()
    assert len(found) >= 300
    return found


@pytest.mark.long
def test_no_text_becomes_a_script_on_any_page(
    settings: Any, texts: list[str], enter: Door, ann: User, ben: User, stella: User, moritz: User, olga: User
) -> None:
    """Poisoned once. Without the policy nothing runs on any page; with it there is nothing to stop on public ones."""
    thread = poison_everything(texts, ann, ben, stella, moritz)
    assert_clean(caught_on(enter(), *public_pages(thread)))
    settings.CONTENT_SECURITY_POLICY = without_policy()
    trap, titles = Trap(enter()), set()
    for path in lists(trap.page):
        trap.visit(path)
        titles |= {line.strip() for line in trap.page.locator(".question-row__title").all_text_contents()}
    trap.visit(*public_pages(thread))
    assert trap.page.locator("article.post, .comments > li").count() > 300
    assert_clean(trap.caught)
    # Else the walk would have proved nothing.
    assert len(titles) >= 300
    assert f"{WORD} {texts[5]}".strip() in titles
    assert_clean(caught_on(enter(ann), *pages_of_ann(thread)))
    assert_clean(caught_on(enter(moritz), *pages_of_moritz()))
    assert_clean(caught_on(enter(stella), *pages_of_stella(thread)))
    assert_clean(caught_while_writing(enter(stella), thread))
    assert_clean(caught_in_the_settings(enter(olga)))
    assert_clean(caught_in_letters_and_feeds(enter()))


def assert_clean(caught: list[str]) -> None:
    assert not caught, "\n".join(sorted(set(caught))[:40])


def caught_on(page: Page, *paths: str) -> list[str]:
    trap = Trap(page)
    trap.visit(*paths)
    return trap.caught


def caught_while_writing(page: Page, thread: Question) -> list[str]:
    """What the editor brings: people, links, a saved reply, somebody's web page from the clipboard, and the preview."""
    trap = Trap(page)
    page.goto(f"/q/{thread.public_id}/-/answer/")
    field, options = page.locator("textarea[name=text]"), page.get_by_role("listbox").get_by_role("option")
    for typed in ("@", f" #{WORD}"):
        field.press_sequentially(typed)
        options.first.wait_for()
        trap.look()
        page.keyboard.press("Enter")
    page.locator(".replies option").nth(1).wait_for(state="attached")
    page.locator(".replies select").select_option(index=1)
    page.get_by_role("button", name="Insert", exact=True).click()
    expect(page.locator(".replies select")).to_have_value("")  # it was inserted
    field.evaluate(PASTE, "".join(payloads())[:100_000])
    page.locator("[data-preview]").filter(has_text="pasted").wait_for()
    trap.look()
    return trap.caught


PASTE = """(field, html) => {
  const data = new DataTransfer();
  data.setData('text/html', `<b>pasted</b> ${html}`);
  field.setSelectionRange(0, 0);
  field.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
  field.value = field.value.slice(0, 19000);
  field.dispatchEvent(new InputEvent('input', {bubbles: true}));
}"""


def caught_in_the_settings(page: Page) -> list[str]:
    """Django's pages have scripts of their own, so only what runs counts there."""
    trap = Trap(page)
    for path in settings_pages():
        answer = page.goto(path)
        assert answer, path
        assert answer.ok, path
    return trap.caught


def caught_in_letters_and_feeds(page: Page) -> list[str]:
    """What mail programs and readers of feeds are given, opened in a page of the site."""
    deliver_due(limit=1_000)
    trap = Trap(page)
    trap.visit("/faq/")  # an address of its own, so that nothing in a letter is foreign to it
    letters = [str(body) for letter in mail.outbox for body, kind in letter.alternatives if kind == "text/html"]
    assert len(letters) > 30
    page.set_content("".join(re.findall(r"<body.*?>(.*?)</body>", "".join(letters), re.DOTALL)))
    trap.look()
    for path in ("/feeds/questions.atom", "/feeds/faq.atom", "/t/poison/feed.atom"):
        feed = ElementTree.fromstring(page.request.get(path).body())
        shown = [element.text or "" for element in feed.iter() if element.get("type") == "html"]
        assert shown or "topic" in path
        page.set_content("".join(shown))
        trap.look()
    return trap.caught


def settings_pages() -> Iterator[str]:
    """Every list, every form, what was done there before, and what is found."""
    yield from ("/admin/", "/admin/forum/")
    for model in admin.site._registry:
        room = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        yield from (room, f"{room}?q={WORD}") if admin.site._registry[model].search_fields else (room,)
        for row in {*model._base_manager.order_by("pk")[:1], *model._base_manager.order_by("-pk")[:2]}:
            yield from (f"{room}{row.pk}/change/", f"{room}{row.pk}/history/")


def lists(page: Page) -> Iterator[str]:
    """The list of questions from its first page to its last."""
    yield "/q/?sort=new"
    while (more := page.locator("a[rel=next]")).count():
        yield "/q/" + (more.get_attribute("href") or "")


def public_pages(thread: Question) -> list[str]:
    entry = FaqEntry.objects.public()[0]
    return [
        "/", f"/q/{thread.public_id}/-/history/", thread.topic.get_absolute_url(),
        f"/search/?q={WORD}", f"/search/?q={WORD}&kind=faq", "/faq/", entry.get_absolute_url(), "/team/",
        "/team/stella/", "/people/ann/", "/about/imprint/", "/about/service-hours/", "/transparency/",
        f"/report/question/{thread.public_id}/", thread.get_absolute_url(),
    ]  # fmt: skip


def pages_of_ann(thread: Question) -> list[str]:
    verbs = ("edit", "answer", "comment")
    room = Conversation.objects.get()
    return [
        "/ask/", f"/ask/?title={WORD}", thread.get_absolute_url(), *(f"/q/{thread.public_id}/-/{v}/" for v in verbs),
        "/private/", f"{room.get_absolute_url()}?all", f"/private/new/?question={thread.public_id}", "/account/",
    ]  # fmt: skip


def pages_of_stella(thread: Question) -> list[str]:
    draft = FaqEntry.objects.filter(published_at=None)[0]
    return [
        "/desk/", "/desk/private/", Conversation.objects.get().get_absolute_url(), "/desk/faq/",
        "/desk/faq/?state=published", f"/desk/faq/{draft.pk}/", draft.get_absolute_url(), "/desk/card/",
        thread.get_absolute_url(), "/desk/replies/", f"/desk/replies/{SavedReply.objects.all()[0].pk}/",
        f"/q/{thread.public_id}/-/note/",
    ]  # fmt: skip


def pages_of_moritz() -> list[str]:
    held = Question.objects.held()[0]
    notices = [notice.get_absolute_url() for notice in Notice.objects.all()[:5]]
    return ["/moderation/", *notices, "/moderation/held/", f"/moderation/held/question/{held.public_id}/"]


@pytest.mark.long
def test_no_address_becomes_a_script(no_policy: None, texts: list[str], enter: Door, ann: User) -> None:
    """Pages that repeat what stands in their address, and those that say that there is nothing.

    No search is as long as a bowl of the others; of the many small ones every third is looked for.
    """
    visitor, asker = Trap(enter()), Trap(enter(ann))
    for bowl in list(soups(texts, 200))[::3]:
        visitor.visit(f"/search/?q={quote(bowl)}")
    for bowl in soups(texts, 5_000):
        said = quote(bowl, safe="")
        visitor.visit(
            f"/{said}", f"/q/x/{said}", f"/people/{said}/", f"/q/?state={said}&sort={said}&after={said}",
            f"/account/login/?next={said}", f"/account/signup/?next=/{said}", f"/faq/?topic={said}&language={said}",
        )  # fmt: skip
        asker.visit(f"/ask/?title={said}&topic={said}", f"/private/new/?topic={said}&question={said}")
    assert_clean(visitor.caught + asker.caught)


def test_no_refused_form_becomes_a_script(
    no_policy: None, texts: list[str], enter: Door, ann: User, watch: Watch
) -> None:
    """Everything typed comes back: with its mistakes, in the preview, and after the session has ended."""
    watch.expected = (MEANT,)  # the preview is refused too when the session has ended
    trap = Trap(enter(ann))
    page = trap.page
    for bowl in soups(texts, 6_000):
        page.goto("/ask/")
        page.get_by_label("Your question in one sentence").fill(bowl)
        page.get_by_label("What should we know?").fill(bowl)
        page.locator("[data-preview] > *").first.wait_for()
        trap.look()
        page.get_by_role("button", name="Publish the question").click()
        page.locator(".errors").wait_for()
        trap.look()
    page.context.clear_cookies()
    page.get_by_role("button", name="Publish the question").click()
    page.get_by_role("heading", name="your text is safe").wait_for()
    trap.look()
    assert_clean(trap.caught)
