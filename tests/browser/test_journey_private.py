"""Ann writes in private; Stella, who serves the topic, answers; for Ben and for Moritz it does not exist."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from accounts.models import User
from forum.models import AccessLog, Conversation
from tests.accounts.entrance import letters
from tests.browser.conftest import Door
from tests.browser.patience import arrives_at
from tests.factories import make_question, make_topic

SUBJECT, WORDS = "About my rash", "It itches below the knee."


def test_ann_and_stella_talk_in_private(every_door: Door, ann: User, ben: User, stella: User, moritz: User) -> None:
    topic = make_topic("Skin", "skin", channel="both", staff=[stella])
    question = make_question(ann, topic=topic)
    page = every_door(ann)
    page.goto(question.get_absolute_url())
    page.get_by_role("link", name="Continue privately").click()
    expect(page.get_by_text("Only you and Quellmoos can read this")).to_be_visible()
    write(page)
    expect(page.locator(".messages")).to_contain_text(WORDS)
    conversation = Conversation.objects.get()
    assert conversation.origin_question == question

    desk = every_door(stella)
    desk.goto("/desk/private/")
    desk.get_by_role("link", name="ann", exact=True).click()
    arrives_at(desk, SUBJECT)
    desk.get_by_label("Your message").fill("Please use the oat one.")
    desk.get_by_label("The ball is with the customer").check()
    desk.get_by_role("button", name="Send", exact=True).click()
    expect(desk.locator(".flashes")).to_contain_text("Your message was sent.")

    page.reload()
    expect(page.get_by_role("main")).to_contain_text("Please use the oat one.")
    page.get_by_text("Who has opened this conversation").click()
    expect(page.locator("details.access-log", has_text="Who has opened")).to_contain_text("Stella Stern (Soap maker)")
    assert AccessLog.objects.get().staff == stella

    for other in (ben, moritz, None):
        stranger = every_door(other)
        response = stranger.goto(f"/private/{conversation.pk}/")
        assert response
        assert WORDS not in stranger.content()
        assert SUBJECT not in stranger.content()
        assert other is None or response.status == 404
        stranger.goto("/search/?q=itches")
        expect(stranger.get_by_role("link", name=SUBJECT)).to_have_count(0)
    assert {tuple(letter.to) for letter in letters()} == {("stella@example.org",), ("ann@example.org",)}
    assert not [word for word in (SUBJECT, WORDS, "oat", "Skin") for m in letters() if word in f"{m.subject} {m.body}"]


def write(page: Page) -> None:
    arrives_at(page, "Write in private")
    page.get_by_label("Skin (read by Stella Stern)").check()
    page.get_by_label("Subject").fill(SUBJECT)
    page.get_by_label("Your message").fill(WORDS)
    page.get_by_role("button", name="Send in private").click()
    arrives_at(page, SUBJECT)


def test_ann_closes_and_opens_again(door: Door, ann: User, stella: User) -> None:
    make_topic("Skin", "skin", channel="private", discreet=True, staff=[stella])
    page = door(ann)
    page.goto("/t/skin/")
    page.get_by_role("main").get_by_role("link", name="Write in private").click()
    write(page)
    assert "Skin" not in page.title()
    assert SUBJECT not in page.title()
    page.get_by_role("button", name="Close this conversation").click()
    expect(page.locator(".flashes")).to_contain_text("The conversation is closed.")
    assert Conversation.objects.get().is_closed
    page.get_by_role("button", name="Open again").click()
    expect(page.get_by_role("button", name="Send", exact=True)).to_be_visible()
    assert not Conversation.objects.get().is_closed
