"""Somebody asks about a taboo product without an account, comes back with the code, and leaves no trace."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from accounts.mail import deliver_due
from accounts.models import User
from forum.models import Conversation, Receipt
from tests.accounts.entrance import letters
from tests.browser.conftest import PHONE, Door
from tests.browser.watch import Watch
from tests.factories import make_topic

SUBJECT, WORDS = "About my rash", "It itches where nobody sees it."


def stored(page: Page) -> str:
    found: str = page.evaluate("JSON.stringify([Object.keys(localStorage), Object.keys(sessionStorage)])")
    return found


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_taboo_product_without_an_account(script: bool, enter: Door, stella: User) -> None:
    make_topic("Intimate care", "intimate-care", channel="private", discreet=True, health_data=True, staff=[stella])
    page = enter(width=PHONE, script=script)
    page.goto("/t/intimate-care/")
    expect(page).to_have_url(re.compile(r"/private/topic/\d+/$"))
    page.get_by_role("main").get_by_role("link", name="Write in private").click()
    page.get_by_label("Subject").fill(SUBJECT)
    page.get_by_label("Your message").fill(WORDS)
    page.get_by_label("E-mail address").fill("quiet@example.org")
    page.get_by_role("button", name="Send in private").click()
    expect(page.get_by_role("alert")).to_contain_text("This topic is about health")
    page.get_by_label("I agree that Quellmoos").check()
    page.get_by_role("button", name="Send in private").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your message was sent. Please keep this code")
    code = page.locator(".receipt__code").inner_text()
    page.get_by_role("link", name="I have kept it").click()
    expect(page.get_by_role("main")).to_contain_text(WORDS)
    room = Conversation.objects.get()
    page.get_by_role("button", name="Leave the room").click()
    expect(page.locator(".flashes")).to_contain_text("You have left the room.")
    page.goto(room.get_absolute_url())
    expect(page).to_have_url(re.compile("/account/login/"))
    page.get_by_role("link", name="I wrote without an account and have a code").click()

    desk = enter(stella)
    desk.goto("/desk/private/")
    desk.get_by_role("link", name="Without an account").click()
    desk.get_by_label("Your message").fill("Please use the oat one.")
    desk.get_by_label("The ball is with the customer").check()
    desk.get_by_role("button", name="Send", exact=True).click()
    expect(desk.locator(".flashes")).to_contain_text("Your message was sent.")
    deliver_due()
    ping = next(letter for letter in letters() if letter.to == ["quiet@example.org"])
    assert ping.subject == "There is an answer"
    assert not [
        word for word in ("Quellmoos", "ntimate", "oat", "http", SUBJECT) if word in f"{ping.subject}{ping.body}"
    ]

    page.get_by_label("Your code").fill(code[:-1] + str((int(code[-1]) + 1) % 10))
    page.get_by_role("button", name="Open the conversation").click()
    expect(page.get_by_role("alert")).to_contain_text("A digit is missing")
    page.get_by_label("Your code").fill(code.replace(" ", ""))
    page.get_by_role("button", name="Open the conversation").click()
    expect(page.get_by_role("main")).to_contain_text("Please use the oat one.")
    assert page.title() == "Private conversation"
    assert Receipt.objects.get().conversation == room


def test_the_quick_way_out_leaves_no_entry_behind(enter: Door, stella: User, watch: Watch) -> None:
    topic = make_topic("Intimate care", "intimate-care", channel="private", discreet=True, staff=[stella])
    page = enter(width=PHONE)
    # Where it leads is no page of ours, and no test asks it.
    page.route("https://www.wikipedia.org/**", lambda route: route.fulfill(body="<h1>Elsewhere</h1>"))
    page.goto("/faq/")
    page.goto(topic.get_absolute_url())
    assert stored(page) == "[[],[]]"
    page.get_by_role("link", name="Leave this page quickly").click()
    expect(page.get_by_role("heading", name="Elsewhere")).to_be_visible()
    page.go_back()
    expect(page).to_have_url(re.compile("/faq/$"))
    assert watch.faults == ["foreign host: https://www.wikipedia.org/"]
    watch.faults.clear()
