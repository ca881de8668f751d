"""Nora signs up, asks, changes her question, comments, and says what she has too and what helped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from accounts.models import User
from forum.models import Helpful, MeToo, Question, Revision, Subscription
from tests.accounts.entrance import code, letters
from tests.browser.conftest import Door
from tests.browser.patience import arrives_at, editor_is_ready
from tests.factories import PASSWORD, make_answer, make_question

if TYPE_CHECKING:
    from playwright.sync_api import Page

TITLE = "How long does a soap last?"


def test_nora_signs_up_and_asks(every_door: Door, ben: User, stella: User) -> None:
    old = make_question(ben, "How long does soap last?")
    make_answer(old, stella)
    page = every_door()
    page.goto("/")
    page.get_by_role("link", name="Ask a question").first.click()
    sign_up(page)
    ask(page)
    change(page)
    comment(page)
    mark(page, old)
    assert [answer.user.nickname for answer in Helpful.objects.all()] == ["nora"]
    assert [row.user.nickname for row in MeToo.objects.filter(question=old)] == ["nora"]
    assert Subscription.objects.filter(question=old, user__nickname="nora").exists()
    assert [letter.to for letter in letters()] == [["ben@example.org"], ["nora@example.org"]]


def sign_up(page: Page) -> None:
    arrives_at(page, "Sign in")
    page.get_by_role("main").get_by_role("link", name="Sign up").click()
    arrives_at(page, "Sign up")
    page.get_by_label("Nickname").fill("nora")
    page.get_by_label("E-mail address").fill("nora@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign up").click()
    arrives_at(page, "Is this your address?")
    page.get_by_label("Code").fill(code())
    page.get_by_role("button", name="Go on").click()


def ask(page: Page) -> None:
    arrives_at(page, "Ask a question")
    page.get_by_label("Your question in one sentence").fill(TITLE)
    if page.locator("[data-live]").count():
        expect(page.locator("#similar a")).to_be_visible()
    page.get_by_label("Topic").select_option("Soap")
    page.get_by_label("What should we know?").fill("It is **green**.")
    # Behind a tab on a phone, behind a button without a script, and beside the text where there is room.
    for way in (page.get_by_role("tab", name="Preview"), page.get_by_role("button", name="Preview")):
        if way.count():
            way.click()
    expect(page.locator(".preview strong, [data-preview] strong")).to_have_text("green")
    assert not Question.objects.filter(title=TITLE).exists()
    page.get_by_role("button", name="Publish the question").click()
    expect(page.get_by_role("heading", name="Is your question among these?")).to_be_visible()
    editor_is_ready(page)
    page.get_by_role("button", name="Ask anyway").click()
    expect(page.get_by_role("status")).to_contain_text("You will have an answer by")
    assert Question.objects.get(title=TITLE).author.nickname == "nora"


def change(page: Page) -> None:
    page.get_by_role("link", name="Edit", exact=True).click()
    editor_is_ready(page)
    page.get_by_label("What should we know?").fill("It is **blue** and round.")
    page.get_by_label("Why are you changing it?").fill("I looked again")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("link", name="edited").click()
    expect(page.locator("del")).to_contain_text("green")
    expect(page.locator("ins").first).to_contain_text("blue")
    assert Revision.objects.latest("number").reason == "I looked again"
    page.get_by_role("link", name=TITLE).click()


def comment(page: Page) -> None:
    page.get_by_role("link", name="Comment", exact=True).click()
    editor_is_ready(page)
    page.get_by_label("Your comment").fill("It lies in the sun.")
    page.get_by_role("button", name="Publish the comment").click()
    expect(page.locator(".comment")).to_contain_text("It lies in the sun.")


def mark(page: Page, question: Question) -> None:
    page.goto(question.get_absolute_url())
    page.get_by_role("button", name="I have this too").click()
    expect(page.get_by_role("button", name="I have this too")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Helpful").click()
    expect(page.get_by_role("button", name="Helpful")).to_have_attribute("aria-pressed", "true")


def test_similar_questions_appear_while_ann_types(enter: Door, ann: User, ben: User) -> None:
    make_question(ben, "How long does soap last?")
    page = enter(ann)
    page.goto("/ask/")
    page.get_by_label("Your question in one sentence").press_sequentially("How long does soap keep")
    found = page.locator("#similar").get_by_role("link", name="How long does soap last?")
    expect(found).to_be_visible()
    # Who opens it has read it; and what was read is not forgotten when the title changes.
    with page.expect_popup():
        found.click()
    expect(page.get_by_label("Read, did not help")).to_be_checked()
    page.get_by_label("Your question in one sentence").fill("Nothing like that at all")
    expect(found).to_be_hidden()
    expect(page.locator("[data-kept][name=read]")).to_have_count(1)


def test_what_ann_typed_comes_back_with_the_reasons(door: Door, ann: User) -> None:
    page = door(ann)
    page.goto("/ask/")
    page.get_by_label("Your question in one sentence").fill("Why?")
    page.get_by_label("What should we know?").fill("My grandmother's soap.")
    page.get_by_role("button", name="Publish the question").click()
    expect(page.get_by_role("alert")).to_contain_text("Please look at this again")
    expect(page.get_by_label("Your question in one sentence")).to_have_value("Why?")
    expect(page.get_by_label("What should we know?")).to_have_value("My grandmother's soap.")
    editor_is_ready(page)
    page.get_by_role("alert").get_by_role("link").first.click()
    expect(page.get_by_label("Your question in one sentence")).to_be_focused()
