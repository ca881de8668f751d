"""Stella finds the question on the Desk and answers; Ann accepts; the answer moves into the FAQ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from accounts.models import User
from forum.models import Acceptance, Answer, FaqEntry, Question, WaitingOn
from tests.accounts.entrance import letters
from tests.accounts.proofs import app_code
from tests.browser.conftest import Door
from tests.browser.patience import editor_is_ready
from tests.factories import PASSWORD, make_answer, make_question, make_topic

if TYPE_CHECKING:
    from playwright.sync_api import Page

TEXT = "Two years, *dry* and dark."


def test_stella_answers_from_the_desk(every_door: Door, ann: User, stella: User) -> None:
    question = make_question(ann, topic=make_topic(staff=[stella]))
    page = every_door()
    page.goto("/desk/")
    sign_in(page, "stella")
    page.get_by_role("link", name=question.title).click()
    editor_is_ready(page)
    page.get_by_label("Your answer").fill(TEXT)
    page.get_by_role("button", name="Publish the answer").click()
    expect(page.get_by_role("alert")).to_contain_text("Please say whose turn it is now.")
    expect(page.get_by_label("Your answer")).to_have_value(TEXT)
    editor_is_ready(page)
    page.get_by_label("The ball is with the asker").check()
    page.get_by_role("button", name="Publish the answer").click()
    answer = page.locator(".post--staff")
    expect(answer).to_contain_text("Stella Stern")
    expect(answer).to_contain_text("Yours, Stella")
    expect(page.get_by_text("Waiting for the asker")).to_be_visible()
    question.refresh_from_db()
    assert (question.waiting_on, question.answer_count) == (WaitingOn.ASKER, 1)
    [letter] = letters()
    assert letter.to == ["ann@example.org"]
    assert Answer.objects.get().get_absolute_url() in letter.body


def sign_in(page: Page, nickname: str) -> None:
    page.get_by_label("Nickname or e-mail address").fill(nickname)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_label("Code").fill(app_code())
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()


def test_nothing_drops_off_the_desk_when_ann_writes_again(door: Door, ann: User, stella: User) -> None:
    question = make_question(ann, topic=make_topic(staff=[stella]))
    make_answer(question, stella, waiting_on=WaitingOn.ASKER)
    page = door(stella)
    page.goto("/desk/")
    expect(page.get_by_role("link", name=question.title)).to_have_count(0)
    asker = door(ann)
    asker.goto(question.get_absolute_url())
    asker.locator(f"#q-{question.public_id}").get_by_role("link", name="Comment").click()
    editor_is_ready(asker)
    asker.get_by_label("Your comment").fill("It is in the bathroom.")
    asker.get_by_role("button", name="Publish the comment").click()
    expect(asker.locator(".comment")).to_contain_text("It is in the bathroom.")
    page.reload()
    expect(page.get_by_role("link", name=question.title)).to_be_visible()
    expect(page.get_by_text("The asker wrote again")).to_be_visible()


def test_ann_accepts_takes_it_back_and_accepts_two(door: Door, ann: User, ben: User, stella: User) -> None:
    question = make_question(ann)
    first, second = make_answer(question, ben, "A year."), make_answer(question, stella)
    page = door(ann)
    page.goto(question.get_absolute_url())
    for answer in (second, first):
        page.locator(f"#a-{answer.public_id}").get_by_role("button", name="This settles it").click()
        expect(page.locator(f"#a-{answer.public_id}")).to_contain_text("chosen by ann")
    assert Question.objects.get().accepted_count == 2
    page.locator(f"#a-{first.public_id}").get_by_role("button", name="Does not settle it after all").click()
    expect(page.locator(".post--accepted")).to_have_count(1)
    # The accepted answer stands first.
    expect(page.locator("article.post").nth(1)).to_have_id(f"a-{second.public_id}")
    assert Acceptance.objects.filter(undone_at=None).get().answer == second
    assert {tuple(letter.to) for letter in letters() if "accepted" in letter.subject.lower()} <= {
        ("ben@example.org",), ("stella@example.org",),
    }  # fmt: skip


def test_stella_brings_the_answer_into_the_faq(door: Door, ann: User, stella: User) -> None:
    question = make_question(ann)
    make_answer(question, stella)
    page = door(stella)
    page.goto(question.get_absolute_url())
    page.get_by_role("button", name="Into the FAQ").click()
    expect(page.get_by_role("complementary")).to_contain_text(question.title)
    editor_is_ready(page)
    page.get_by_label("Question", exact=True).fill("How long does your soap last?")
    page.get_by_role("button", name="Save and publish").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("How long does your soap last?")
    visitor = door()
    visitor.goto("/faq/")
    expect(visitor.get_by_text("How long does your soap last?")).to_be_visible()
    visitor.goto(question.get_absolute_url())
    expect(visitor.get_by_text("Now in the FAQ:")).to_be_visible()
    entry = FaqEntry.objects.get()
    assert entry.is_published
    assert entry.sources.get().question == question
    assert f"/faq/{entry.slug}/" in letters()[-1].body
    assert letters()[-1].to == ["ann@example.org"]
