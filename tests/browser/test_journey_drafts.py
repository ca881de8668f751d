"""Whatever breaks while somebody writes, the text is there afterwards, and is published in the end."""

from __future__ import annotations

import re
from contextlib import suppress

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Error, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from forum.models import Answer, Draft, Message, Question
from tests.browser.conftest import DESK, PHONE, Door, session_of, stop_clock
from tests.browser.watch import CUT, MEANT, Watch
from tests.factories import PASSWORD, make_conversation, make_question, make_topic

WORDS = "Two years, if it stays dry and dark."
MORE = " Mine is from 2019."


@pytest.fixture
def question(ann: User) -> Question:
    return make_question(ann)


def begin(page: Page, question: Question, text: str = WORDS) -> None:
    page.goto(f"/q/{question.public_id}/-/answer/")
    page.get_by_label("Your answer").fill(text)  # at once, so that no half of it is saved before the rest is typed


def is_saved(page: Page) -> None:
    expect(page.locator("[data-draft-status]")).to_have_text("Your draft is saved.", timeout=10_000)


def publish(page: Page, text: str) -> None:
    expect(page.get_by_label("Your answer")).to_have_value(text)
    page.get_by_role("button", name="Publish the answer").click()
    expect(page.get_by_role("status").filter(has_text="Your answer is published")).to_be_visible()
    assert [answer.text for answer in Answer.objects.all()] == [text]
    assert not Draft.objects.exists()
    assert kept_by(page) == []


def kept_by(page: Page) -> list[str]:
    page.wait_for_load_state()  # a page tidies up as it starts
    keys: list[str] = page.evaluate("Object.keys(localStorage)")
    return keys


def test_the_network_is_cut(enter: Door, watch: Watch, ben: User, question: Question) -> None:
    watch.expected = (CUT,)
    page = enter(ben, width=PHONE)
    begin(page, question)
    is_saved(page)
    page.context.set_offline(True)
    page.get_by_label("Your answer").press_sequentially(MORE)
    status = page.locator("[data-draft-status]")
    expect(status).to_have_text("Not saved: no connection. We keep trying.", timeout=10_000)
    assert Draft.objects.get().words["text"] == WORDS
    page.context.set_offline(False)
    is_saved(page)
    assert Draft.objects.get().words["text"] == WORDS + MORE
    publish(page, WORDS + MORE)


def test_the_tab_is_closed_without_network(enter: Door, watch: Watch, ben: User, question: Question) -> None:
    """What was never saved lies in this browser, unless the last that it sends in closing comes through after all."""
    watch.expected = (CUT, MEANT)
    page = enter(ben)
    begin(page, question, "")
    page.context.set_offline(True)
    page.get_by_label("Your answer").press_sequentially(WORDS)
    context = page.context
    page.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(f"/q/{question.public_id}/-/answer/")
    expect(again.get_by_text(re.compile(r"^(Your draft is saved\.|This is your draft of)"))).to_be_visible()
    publish(again, WORDS)


def test_the_session_is_deleted(
    enter: Door, watch: Watch, live_server: LiveServer, ben: User, question: Question
) -> None:
    watch.expected = (MEANT,)
    page = enter(ben)
    begin(page, question)
    is_saved(page)
    Session.objects.all().delete()
    page.get_by_label("Your answer").press_sequentially(MORE)
    expect(page.locator("[data-draft-status]")).to_contain_text("Not saved: you are signed out.", timeout=10_000)
    page.context.add_cookies([session_of(ben, live_server.url)])
    is_saved(page)
    publish(page, WORDS + MORE)


def test_the_session_is_deleted_before_sending(enter: Door, watch: Watch, ben: User, question: Question) -> None:
    """One press is enough after signing in elsewhere, also without a script."""
    watch.expected = (MEANT,)
    page = enter(ben, script=False)
    begin(page, question)
    Session.objects.all().delete()
    page.get_by_role("button", name="Publish the answer").click()
    expect(page.get_by_role("heading", name="Nothing was sent, and your text is safe")).to_be_visible()
    expect(page.get_by_label("Text")).to_have_value(WORDS)
    other = page.context.new_page()
    other.goto("/account/login/")
    other.get_by_label("Nickname or e-mail address").fill("ben")
    other.get_by_label("Password", exact=True).fill(PASSWORD)
    other.get_by_role("button", name="Sign in", exact=True).click()
    expect(other.get_by_text("ben", exact=True)).to_be_visible()
    page.get_by_role("button", name="Send again").click()
    expect(page.get_by_role("status").filter(has_text="Your answer is published")).to_be_visible()
    assert Answer.objects.get().text == WORDS


def test_the_tab_crashes(enter: Door, ben: User, question: Question) -> None:
    page = enter(ben)
    begin(page, question)
    is_saved(page)
    with suppress(Error):
        page.goto("chrome://crash")
    again = page.context.new_page()
    again.goto(f"/q/{question.public_id}/-/answer/")
    expect(again.get_by_text("This is your draft of")).to_be_visible()
    publish(again, WORDS)


def test_another_device_goes_on(enter: Door, ben: User, question: Question) -> None:
    page = enter(ben)
    begin(page, question)
    is_saved(page)
    phone = enter(ben, width=PHONE)
    phone.goto(question.get_absolute_url())
    expect(phone.get_by_text("written on another device or before you last signed in")).to_be_visible()
    publish(phone, WORDS)


@pytest.mark.parametrize("keeps", ["Keep what I have here", "Take the other text"])
def test_two_tabs(enter: Door, watch: Watch, ben: User, question: Question, keeps: str) -> None:
    watch.expected = (MEANT,)
    first = enter(ben)
    second = first.context.new_page()
    begin(first, question, "")
    begin(second, question, "")
    first.get_by_label("Your answer").fill("Of the first.")
    is_saved(first)
    second.get_by_label("Your answer").fill("Of the second.")
    panel = second.locator("[data-draft-conflict]")
    expect(panel.get_by_label("Text")).to_have_value("Of the first.")
    expect(second.get_by_label("Your answer")).to_have_value("Of the second.")
    assert Draft.objects.get().words["text"] == "Of the first."
    panel.get_by_role("button", name=keeps).click()
    expect(panel).to_be_hidden()
    publish(second, "Of the second." if keeps.startswith("Keep") else "Of the first.")


def test_without_a_script_a_draft_is_saved_by_its_button(
    enter: Door, watch: Watch, live_server: LiveServer, ben: User, question: Question
) -> None:
    page = enter(ben, width=PHONE, script=False)
    begin(page, question)
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_role("status").filter(has_text="Your draft is saved.")).to_be_visible()
    other = enter(ben, script=False)
    other.goto(f"/q/{question.public_id}/-/answer/")
    expect(other.get_by_label("Your answer")).to_have_value(WORDS)
    Session.objects.all().delete()
    other.get_by_role("button", name="Publish the answer").click()
    expect(other.get_by_label("Text")).to_have_value(WORDS)
    other.context.add_cookies([session_of(ben, live_server.url)])
    other.get_by_role("button", name="Send again").click()
    expect(other.get_by_role("status").filter(has_text="Your answer is published")).to_be_visible()
    assert Answer.objects.get().text == WORDS
    assert not Draft.objects.exists()


def test_private_words_are_kept_by_no_browser(enter: Door, ann: User, stella: User) -> None:
    room = make_conversation(ann, make_topic("Skin", "skin", channel="private", discreet=True, staff=[stella]))
    page = enter(ann)
    page.goto(f"/private/{room.pk}/")
    page.get_by_label("Your message").fill("It itches.")
    is_saved(page)
    assert kept_by(page) == []
    phone = enter(ann, width=PHONE)
    phone.goto(f"/private/{room.pk}/")
    expect(phone.get_by_label("Your message")).to_have_value("It itches.")
    phone.get_by_role("button", name="Send", exact=True).click()
    expect(phone.get_by_role("status").filter(has_text="Your message was sent.")).to_be_visible()
    assert Message.objects.count() == 2
    assert not Draft.objects.exists()


def test_the_copy_goes_with_the_one_who_signs_out(enter: Door, watch: Watch, ben: User, question: Question) -> None:
    watch.expected = (MEANT,)  # the preview and the draft may ask once more, and come too late
    page = enter(ben, width=DESK)
    begin(page, question)
    is_saved(page)
    assert len(kept_by(page)) == 1
    page.locator(".menu summary").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("You are signed out.")).to_be_visible()
    assert kept_by(page) == []


def test_the_copy_of_somebody_else_goes(
    enter: Door, live_server: LiveServer, ann: User, ben: User, question: Question
) -> None:
    page = enter(ben)
    begin(page, question)
    is_saved(page)
    page.context.clear_cookies()
    page.context.add_cookies([session_of(ann, live_server.url)])
    page.goto("/faq/")
    assert kept_by(page) == []


def test_a_draft_goes_along_with_the_preview(enter: Door, ben: User, question: Question) -> None:
    """On a wide screen nobody asks the server twice; what did not change is not sent again."""
    asked: list[str] = []
    page = enter(ben, width=DESK)
    page.on("request", lambda request: asked.append(request.url.split("/", 3)[3]) if request.method == "POST" else None)
    begin(page, question)
    is_saved(page)
    publish(page, WORDS)
    assert set(asked) == {"preview/", f"q/{question.public_id}/-/answer/"}


def test_not_each_preview_takes_the_draft_along(enter: Door, ben: User, question: Question) -> None:
    """What is a moment old waits for the next, half a word for longer; what is older, and a sentence, do not wait."""
    page = enter(ben, width=DESK)
    page.goto(f"/q/{question.public_id}/-/answer/")
    stop_clock(page)

    def takes_along(more: str, after: int) -> bool:
        with page.expect_response("**/preview/") as answer:
            page.get_by_label("Your answer").press_sequentially(more)
            page.clock.run_for(after)
        return "draft_purpose" in (answer.value.request.post_data or "")

    assert not takes_along("Two", 400)
    page.clock.run_for(1000)
    assert not takes_along(" ye", 400)
    assert takes_along("ars, ", 400)
    is_saved(page)
    assert not takes_along("i", 2000)
    page.clock.run_for(500)
    assert takes_along("f", 400)
    is_saved(page)
    assert takes_along(" dry.", 400)
    is_saved(page)
    assert Draft.objects.get().words["text"] == "Two years, if dry."
