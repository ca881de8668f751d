"""Ann asks a clinic about her health with her consent, and takes it back."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from accounts.models import User
from forum.models import Conversation
from tests.browser.conftest import PHONE, Door
from tests.factories import make_topic

WORDS = "I have had eczema since spring."


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_question_about_health_and_second_thoughts(script: bool, enter: Door, ann: User, stella: User) -> None:
    make_topic("Skin", "skin", channel="both", sensitive=True, health_data=True, staff=[stella])
    page = enter(ann, width=PHONE, script=script)
    page.goto("/ask/?topic=skin")
    page.get_by_label("Your question in one sentence").fill("What helps my skin?")
    page.get_by_label("What should we know?").fill(WORDS)
    page.get_by_role("button", name="Publish the question").click()
    expect(page.get_by_role("heading", name="Would you rather ask this privately?")).to_be_visible()
    expect(page.locator("#private-offer")).to_contain_text("Words about health: eczema")
    page.get_by_role("button", name="Ask privately").click()
    expect(page.get_by_label("Your message")).to_have_value(WORDS)
    expect(page.get_by_label("Subject")).to_have_value("What helps my skin?")
    page.get_by_label("I agree that Quellmoos").check()
    page.get_by_role("button", name="Send in private").click()
    expect(page.get_by_role("main")).to_contain_text(WORDS)
    room = Conversation.objects.get()

    desk = enter(stella)
    desk.goto(room.get_absolute_url())
    expect(desk.get_by_role("main")).to_contain_text(WORDS)

    page.get_by_text("Your consent", exact=True).click()
    page.get_by_role("button", name="Take my consent back").click()
    expect(page.locator(".flashes")).to_contain_text("You have taken your consent back.")
    answer = desk.reload()
    assert answer
    assert answer.status == 404
    expect(desk.get_by_text(WORDS)).to_have_count(0)
