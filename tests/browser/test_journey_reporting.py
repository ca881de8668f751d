"""A visitor reports; Moritz decides with a reason; Ben reads the reason; the public sees that something stood there."""

from __future__ import annotations

from playwright.sync_api import expect

from accounts.models import User
from moderation.models import Decision, LogEntry, Notice
from tests.accounts.entrance import letters
from tests.browser.conftest import Door
from tests.factories import make_answer, make_question

INSULT = "Only a fool would ask that."
REASON = "An insult to the asker, and nothing else."


def test_a_report_a_decision_and_what_everybody_sees(door: Door, ann: User, ben: User, moritz: User) -> None:
    question = make_question(ann)
    answer = make_answer(question, ben, INSULT)
    visitor = door()
    visitor.goto(question.get_absolute_url())
    visitor.locator(f"#a-{answer.public_id}").get_by_role("link", name="Report").click()
    visitor.get_by_label("Insult", exact=False).first.check()
    visitor.get_by_label("Why?").fill("This is about Ann and not about soap.")
    visitor.get_by_label("Your e-mail address").fill("anton@example.org")
    visitor.get_by_label("I believe in good faith").check()
    visitor.get_by_role("button", name="Send the report").click()
    expect(visitor.get_by_role("status")).to_contain_text("nothing is removed by a report alone")
    expect(visitor.get_by_text(INSULT)).to_be_visible()

    page = door(moritz)
    page.goto("/")
    page.get_by_role("link", name="Moderation", exact=True).click()
    page.get_by_role("link", name="Answer: ").click()
    page.get_by_label("Remove it").check()
    page.get_by_label("Reason", exact=True).fill(REASON)
    page.get_by_role("button", name="Decide").click()
    expect(page.get_by_role("status")).to_contain_text("Decided.")

    author = door(ben)
    author.goto(question.get_absolute_url())
    expect(author.get_by_text(REASON)).to_be_visible()
    expect(author.get_by_text(INSULT)).to_be_visible()
    visitor.goto(question.get_absolute_url())
    expect(visitor.get_by_text("This answer was removed")).to_be_visible()
    assert INSULT not in visitor.content()
    visitor.get_by_role("link", name="Transparency").click()
    expect(visitor).to_have_url("/transparency/")
    expect(visitor.get_by_text(REASON)).to_be_visible()
    assert "ben" not in visitor.get_by_role("main").inner_text().split()
    assert (Decision.objects.count(), LogEntry.objects.count()) == (1, 1)
    assert Notice.objects.get().is_decided
    by_address = {letter.to[0]: letter.body for letter in letters()}
    assert REASON in by_address["ben@example.org"]
    assert REASON in by_address["anton@example.org"]
