"""What goes into the editor at once: pasted pages, people and links that complete, saved replies; and notes."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from accounts.models import User
from forum.models import Answer
from tests.browser.axe import violations
from tests.browser.conftest import PHONE, Door
from tests.browser.patience import editor_is_ready, preview_shows
from tests.browser.test_editor import Open, field_of
from tests.factories import make_answer, make_faq, make_note, make_question, make_reply

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
    field.fill("Look:")
    field.evaluate(PASTE, {"html": html, "text": "x"})
    expect(field).to_have_value(f"Look:\n\n{then}" if then.startswith("#") else f"Look:{then}")


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
        editor_is_ready(page)
    page.locator(".replies select").select_option("Shelf life")
    page.get_by_role("button", name="Insert", exact=True).click()
    text = "Thank you.\n\nHello ann,\n\nit lasts two years.\n\nYours, Stella"
    expect(field_of(page)).to_have_value(text)
    preview_shows(page, "Yours, Stella")
    page.get_by_label("This settles it").check()
    page.get_by_role("button", name="Publish the answer").click()
    expect(page.locator(".post--staff")).to_contain_text("it lasts two years.")
    assert Answer.objects.get().text == text


def test_the_team_is_told_of_a_wrong_tone_and_decides(door: Door, ann: User, stella: User) -> None:
    question = make_question(ann)
    page = door(stella)
    page.goto(f"/q/{question.public_id}/-/answer/")
    field_of(page).fill("Hallo, das ist deine Seife und wir helfen dir gern.")
    preview_shows(page, "deine Seife")
    if page.locator("[data-editor][data-live]").count():  # nobody has saved one: the list gives way to a way there
        expect(page.get_by_text("There are no saved replies yet.")).to_be_visible()
        expect(page.locator(".replies select")).to_have_count(0)
    page.get_by_label("This settles it").check()
    page.get_by_role("button", name="Publish the answer").click()
    expect(page.locator(".errors")).to_contain_text("This text says “du”; here we say “Sie”.")
    editor_is_ready(page)
    preview_shows(page, "deine Seife")
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
