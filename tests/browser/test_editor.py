"""The editor in a real browser: buttons and keys, undo, the preview, pasting, and completion."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from accounts.models import User
from forum.actions.drafts import save_draft
from forum.actions.sending import Sent
from forum.markdown import render
from tests.browser.axe import violations
from tests.browser.conftest import DESK, PHONE, Door, stop_clock
from tests.browser.watch import CUT, Watch
from tests.factories import make_question, make_reply

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page, Route

Open = Callable[..., "Page"]


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
        ("ArrowRight", "Italic (Ctrl+I)"), ("End", "Picture"), ("ArrowRight", "Bold (Ctrl+B)"),
        ("ArrowLeft", "Picture"), ("Home", "Bold (Ctrl+B)"), ("ArrowRight", "Italic (Ctrl+I)"),
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


def test_the_preview_follows_who_types_without_a_pause(ask: Open) -> None:
    page = ask(width=1280)
    stop_clock(page)
    field_of(page).focus()
    for letter in "abcdefghi":
        page.keyboard.type(letter)
        page.clock.run_for(250)
    expect(page.locator("[data-preview]")).to_have_text("abcdefgh")


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
    with page.expect_request("**/preview/"):
        field_of(page).fill("SLOW")
    field_of(page).fill("SLOW FAST")
    expect(page.locator("[data-preview]")).to_have_text("SLOW FAST")
    held[0].fulfill(body="<p>SLOW</p>", content_type="text/html")
    page.evaluate("fetch(location).then(() => null)")  # what was answered before has come before
    expect(page.locator("[data-preview]")).to_have_text("SLOW FAST")


def test_a_preview_that_fails_says_so_and_leaves_the_text(ask: Open, watch: Watch) -> None:
    watch.expected = (CUT,)
    page = ask(width=1280)
    page.route("**/preview/", lambda route: route.abort())
    field_of(page).fill("It is green.")
    expect(page.get_by_role("alert")).to_have_text("The preview can not be shown at the moment. Your text is safe.")
    expect(field_of(page)).to_have_value("It is green.")
    page.unroute("**/preview/")
    field_of(page).fill("It is blue.")
    expect(page.locator("[data-preview]")).to_have_text("It is blue.")
    expect(page.get_by_role("alert")).to_be_hidden()


# What the browser paints of the head before the rest of it has come is another matter.
MOVED = """
window.moved = [];
const told = ({ node, previousRect, currentRect }) =>
  `${node?.nodeName}.${node?.className}: ${JSON.stringify(previousRect)} to ${JSON.stringify(currentRect)}`;
new PerformanceObserver((list) => list.getEntries().forEach((shift) => {
  const sources = shift.sources.filter(({ node }) => !node?.parentElement?.closest(".site-header"));
  if (shift.hadRecentInput || (shift.sources.length && !sources.length)) return;
  moved.push(sources.map(told).join() || shift.value);
})).observe({ type: "layout-shift", buffered: true });
"""


def test_nothing_moves_when_the_editor_starts(enter: Door, stella: User, ann: User) -> None:
    """Its room is kept from the beginning, also beside a draft whose preview is longer than the field."""
    question = make_question(ann)
    make_reply(stella)
    sent = Sent(stella, "question_answer", question.public_id, "k" * 22)
    save_draft(sent, {"text": "One more line.\n\n" * 80})
    for width in (PHONE, DESK):
        page = enter(stella, width=width)
        page.add_init_script(MOVED)
        for path in ("/ask/", f"/q/{question.public_id}/-/answer/"):
            page.goto(path)
            expect(page.locator("[data-editor][data-live]")).to_be_visible()
            page.wait_for_load_state("networkidle")
            assert page.evaluate("moved") == []


# Everything on the page is hidden; what is shown in spite of it?
SHOWN = """[...document.querySelectorAll("body *")].filter((part) => {
  part.toggleAttribute("hidden", true);
  const isKept = part.matches(".editor__bar, .editor__keys, .editor__preview");
  return !isKept && getComputedStyle(part).display !== "none";
}).map((part) => `${part.localName}.${part.className.baseVal ?? part.className}`)"""


def test_whatever_is_hidden_is_not_there(enter: Door, stella: User, ann: User) -> None:
    page = enter(stella, width=PHONE)
    for path in ("/styleguide/", f"/q/{make_question(ann).public_id}/-/answer/"):
        page.goto(path)
        page.wait_for_load_state()
        assert page.evaluate(SHOWN) == []
