"""The editor in a real browser: buttons and keys, undo, the preview, pasting, and completion."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from accounts.models import User
from forum.markdown import render
from forum.models import Answer
from tests.browser.axe import violations
from tests.browser.conftest import PHONE, Door
from tests.factories import make_answer, make_faq, make_note, make_question, make_reply

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page, Route

Open = Callable[..., "Page"]


@pytest.fixture
def ask(enter: Door, ann: User) -> Open:
    """Ann's page for a question."""

    def go(**options: Any) -> Page:
        page = enter(ann, **options)
        page.goto("/ask/")
        return page

    return go


def field_of(page: Page) -> Locator:
    return page.locator("textarea[name=text]")


def chosen(page: Page, text: str, part: str) -> Locator:
    """The field with this text, of which a part is selected."""
    field = field_of(page)
    field.fill(text)
    start = text.index(part)
    field.evaluate("(field, [start, end]) => field.setSelectionRange(start, end)", [start, start + len(part)])
    return field


@pytest.mark.parametrize(
    ("tool", "text", "part", "then"),
    [
        ("Bold (Ctrl+B)", "a soap b", "soap", "a **soap** b"),
        ("Bold (Ctrl+B)", "a **soap** b", "soap", "a soap b"),
        ("Italic (Ctrl+I)", "a soap b", "soap ", "a *soap* b"),
        ("Italic (Ctrl+I)", "a **soap** b", "soap", "a ***soap*** b"),
        ("Link (Ctrl+K)", "a soap b", "soap", "a [soap](https://) b"),
        ("Link (Ctrl+K)", "see https://x.example now", "https://x.example", "see [link text](https://x.example) now"),
        ("List", "one\ntwo\nthree", "e\ntw", "- one\n- two\nthree"),
        ("List", "- one\n- two", "one\n- two", "one\ntwo"),
        ("Quotation", "one\ntwo", "one", "> one\ntwo"),
        ("Code", "a soap b", "soap", "a `soap` b"),
        ("Code", "one\ntwo", "one\ntwo", "```\none\ntwo\n```"),
    ],
)
def test_a_tool_changes_what_is_chosen_and_undo_takes_it_back(
    ask: Open, tool: str, text: str, part: str, then: str
) -> None:
    page = ask()
    field = chosen(page, text, part)
    page.get_by_role("button", name=tool, exact=True).click()
    expect(field).to_have_value(then)
    expect(field).to_be_focused()
    page.keyboard.press("Control+z")
    expect(field).to_have_value(text)


def test_the_shortcuts_do_the_same(ask: Open) -> None:
    page = ask()
    for key, then in (("b", "**soap**"), ("i", "*soap*"), ("k", "[soap](https://)")):
        field = chosen(page, "soap", "soap")
        field.press(f"Control+{key}")
        expect(field).to_have_value(then)


def test_signs_of_a_german_keyboard_can_be_typed(ask: Open) -> None:
    """AltGr+8 is [ and AltGr+Q is @ there; Windows reports AltGr as Ctrl and Alt together."""
    page = ask()
    field = field_of(page)
    taken = field.evaluate("""field => [
      ['[', 'Digit8'], [']', 'Digit9'], ['@', 'KeyQ'], ['{', 'Digit7'], ['b', 'KeyB'], ['k', 'KeyK'],
    ].filter(([key, code]) => !field.dispatchEvent(new KeyboardEvent('keydown', {
      key, code, ctrlKey: true, altKey: true, modifierAltGraph: true, bubbles: true, cancelable: true })))""")
    assert taken == []
    for key in ("Control+d", "Control+[", "Control+]"):
        field.press(key)
    field.press_sequentially("[a](b)")
    expect(field).to_have_value("[a](b)")


def test_the_keyboard_walks_the_toolbar_and_leaves_the_field(ask: Open) -> None:
    page = ask()
    bold = page.get_by_role("button", name="Bold (Ctrl+B)")
    bold.focus()
    for key, name in (
        ("ArrowRight", "Italic (Ctrl+I)"), ("End", "Code"), ("ArrowRight", "Bold (Ctrl+B)"), ("ArrowLeft", "Code"),
        ("Home", "Bold (Ctrl+B)"), ("ArrowRight", "Italic (Ctrl+I)"),
    ):  # fmt: skip
        page.keyboard.press(key)
        expect(page.get_by_role("button", name=name, exact=True)).to_be_focused()
    # One stop for Tab, wherever one was.
    page.keyboard.press("Tab")
    expect(field_of(page)).to_be_focused()
    page.keyboard.press("Tab")
    expect(field_of(page)).not_to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(field_of(page)).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="Italic (Ctrl+I)")).to_be_focused()
    assert field_of(page).input_value() == ""


def test_every_button_says_what_it_changes(ask: Open) -> None:
    page = ask()
    bar = page.get_by_role("toolbar", name="Format")
    for button in bar.get_by_role("button").all():
        assert button.get_attribute("aria-controls") == "id_text"
        assert button.get_attribute("aria-label")
    assert violations(page) == []


TEXT = "Is it **green**?\n\n- one\n- [two](https://x.example)\n\n<script>alert(1)</script>"


def test_the_preview_is_what_will_be_published(ask: Open) -> None:
    page = ask(width=1280)
    with page.expect_response("**/preview/") as answer:
        field_of(page).fill(TEXT)
    assert answer.value.text() == render(TEXT)
    expect(page.locator("[data-preview] strong")).to_have_text("green")
    # Beside the text, without a tab.
    assert page.get_by_role("tab").count() == 0
    left, right = field_of(page).bounding_box(), page.locator(".editor__preview").bounding_box()
    assert left
    assert right
    assert right["x"] > left["x"] + left["width"]


def test_on_a_phone_it_stands_behind_a_tab(ask: Open) -> None:
    page = ask(width=PHONE)
    field_of(page).fill("Is it **green**?")
    expect(page.locator("[data-preview]")).to_be_hidden()
    page.get_by_role("tab", name="Preview").click()
    expect(page.locator("[data-preview] strong")).to_have_text("green")
    expect(field_of(page)).to_be_hidden()
    assert violations(page) == []
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("tab", name="Write")).to_be_focused()
    expect(field_of(page)).to_be_visible()


def test_a_late_answer_never_replaces_a_newer_one(ask: Open) -> None:
    page = ask(width=1280)
    held: list[Route] = []

    def slow(route: Route) -> None:
        if not held:
            held.append(route)  # the first is answered when the second is there
        else:
            route.continue_()

    page.route("**/preview/", slow)
    field_of(page).fill("SLOW")
    page.wait_for_timeout(600)
    field_of(page).fill("SLOW FAST")
    expect(page.locator("[data-preview]")).to_have_text("SLOW FAST")
    held[0].fulfill(body="<p>SLOW</p>", content_type="text/html")
    page.wait_for_timeout(300)
    expect(page.locator("[data-preview]")).to_have_text("SLOW FAST")


def test_a_preview_that_fails_says_so_and_leaves_the_text(ask: Open, watch: Any) -> None:
    page = ask(width=1280)
    page.route("**/preview/", lambda route: route.abort())
    field_of(page).fill("It is green.")
    expect(page.get_by_role("alert")).to_have_text("The preview can not be shown at the moment. Your text is safe.")
    expect(field_of(page)).to_have_value("It is green.")
    page.unroute("**/preview/")
    field_of(page).fill("It is blue.")
    expect(page.locator("[data-preview]")).to_have_text("It is blue.")
    expect(page.get_by_role("alert")).to_be_hidden()
    watch.faults.clear()  # the console tells of the request that we stopped


PASTE = """(field, {html, text}) => {
  const data = new DataTransfer();
  if (html) data.setData('text/html', html);
  data.setData('text/plain', text);
  const event = new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true});
  return field.dispatchEvent(event);
}"""
WORD = (
    "<html xmlns:o='urn:schemas-microsoft-com:office:office'><body><!--StartFragment-->"
    "<h1>Soap</h1><p class=MsoNormal>Dry and <b>dark</b>,<o:p></o:p> says <i>Ann</i>.</p>"
    "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>· &nbsp;</span>one</p>"
    "<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>o</span>deeper</p>"
    "<!--EndFragment--></body></html>"
)
PAGES = {
    "web page": (
        "<h2>Soap</h2><p>Read <a href='https://x.example/a_(b)'>this <em>page</em></a>.</p><ul><li>one<li>two</ul>"
        "<ol start=3><li>three</ol><blockquote><p>So <strong>it</strong> is.</p></blockquote><pre>a = 1\n  b</pre>"
        "<table><tr><th>Soap<th>Weeks</tr><tr><td>Olive<td>6|7</tr></table><script>alert(1)</script>",
        "## Soap\n\nRead [this *page*](https://x.example/a_%28b%29).\n\n- one\n- two\n\n3. three\n\n> So **it** is.\n\n"
        "```\na = 1\n  b\n```\n\n| Soap | Weeks |\n| --- | --- |\n| Olive | 6\\|7 |",
    ),
    "Word": (WORD, "# Soap\n\nDry and **dark**, says *Ann*.\n\n- one\n  - deeper"),
    "bold that is none": (
        "<b style='font-weight:normal'><p>plain <span style='font-weight:700'>bold</span></p></b>",
        "plain **bold**",
    ),
    "signs": (
        "<p>1. not * a <b>list</b> [x] <i>y</i></p><p># <b>none</b></p>",
        "1\\. not \\* a **list** \\[x\\] *y*\n\n\\# **none**",
    ),
    "traps": (
        "<p><b>a</b><a href='javascript:alert(1)'>b</a><img src=x onerror=alert(1) alt='c'><svg onload=alert(1)></svg>",
        "**a**bc",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", PAGES)
def test_what_is_pasted_becomes_markdown(ask: Open, kind: str) -> None:
    html, then = PAGES[kind]
    page = ask()
    field = field_of(page)
    field.focus()
    assert field.evaluate(PASTE, {"html": html, "text": "x"}) is False
    expect(field).to_have_value(then)
    page.keyboard.press("Control+z")
    expect(field).to_have_value("")


def test_what_is_pasted_without_formatting_stays_the_browsers(ask: Open) -> None:
    field = field_of(ask())
    assert field.evaluate(PASTE, {"html": "", "text": "# plain"}) is True
    assert field.evaluate(PASTE, {"html": "<div><span>only words</span></div>", "text": "only words"}) is True


def test_a_person_of_the_thread_is_named_by_two_keys(enter: Door, ann: User, ben: User, stella: User) -> None:
    question = make_question(ann)
    make_answer(question, stella)
    page = enter(ben)
    page.goto(question.get_absolute_url())
    field = field_of(page)
    field.press_sequentially("Dear @")
    options = page.get_by_role("option")
    expect(options).to_contain_text(["ann", "Stella Stern"])
    expect(field).to_have_attribute("aria-activedescendant", "id_text_list_0")
    assert violations(page) == []
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(field).to_have_value("Dear @Stella Stern ")
    expect(options).to_have_count(0)
    page.keyboard.press("Control+z")
    expect(field).to_have_value("Dear @")


def test_a_link_completes_and_escape_leaves_the_words_alone(ask: Open, stella: User) -> None:
    entry = make_faq(stella, "How long does [olive] soap last?")
    page = ask(width=PHONE)
    field = field_of(page)
    field.press_sequentially("See #olive")
    options = page.get_by_role("listbox").get_by_role("option")
    options.click()
    expect(field).to_have_value(f"See [How long does \\[olive\\] soap last?](/faq/{entry.slug}/) ")
    field.fill("")
    field.press_sequentially("#olive")
    expect(options).to_have_count(1)
    page.keyboard.press("Escape")
    expect(options).to_have_count(0)
    page.keyboard.press("Enter")
    expect(field).to_have_value("#olive\n")


def test_stella_inserts_a_saved_reply(door: Door, ann: User, stella: User) -> None:
    """With a script from the editor's bar, without one by a list and a button; what was typed stays."""
    make_reply(stella, "Shelf life", "Hello {nickname},\n\nit lasts two years.\n\n{sign_off}")
    question = make_question(ann)
    page = door(stella)
    page.goto(question.get_absolute_url())
    field_of(page).fill("Thank you.")
    if page.get_by_role("button", name="Saved replies").count():
        page.get_by_role("button", name="Saved replies").click()
    page.locator(".replies select").select_option("Shelf life")
    page.get_by_role("button", name="Insert", exact=True).click()
    text = "Thank you.\n\nHello ann,\n\nit lasts two years.\n\nYours, Stella"
    expect(field_of(page)).to_have_value(text)
    page.get_by_label("This settles it").check()
    page.get_by_role("button", name="Publish the answer").click()
    expect(page.locator(".post--staff")).to_contain_text("it lasts two years.")
    assert Answer.objects.get().text == text


def test_the_team_is_told_of_a_wrong_tone_and_decides(door: Door, ann: User, stella: User) -> None:
    question = make_question(ann)
    page = door(stella)
    page.goto(f"/q/{question.public_id}/-/answer/")
    field_of(page).fill("Hallo, das ist deine Seife und wir helfen dir gern.")
    page.get_by_label("This settles it").check()
    page.get_by_role("button", name="Publish the answer").click()
    expect(page.locator(".errors")).to_contain_text("This text says “du”; here we say “Sie”.")
    page.get_by_role("button", name="Publish the answer").click()
    expect(page.locator(".post--staff")).to_contain_text("deine Seife")


def test_notes_of_the_team_stand_on_another_paper(enter: Door, ann: User, stella: User) -> None:
    question = make_question(ann)
    make_note(question, stella, "She rang.")
    page = enter(stella)
    page.goto(question.get_absolute_url())
    notes = page.get_by_role("region", name="Notes of the team")
    expect(notes).to_contain_text("She rang.")
    expect(notes).to_contain_text("Only the team reads this. Customers never do.")
    assert violations(page) == []
    other = enter(ann)
    other.goto(question.get_absolute_url())
    assert not re.search("She rang|Notes of the team", other.content())
