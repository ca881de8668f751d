"""A leaked order number is gone and settled in private; a private answer becomes an entry of the FAQ."""

from __future__ import annotations

from playwright.sync_api import expect

from accounts.models import User
from forum.models import Conversation, FaqEntry, Question
from tests.accounts.entrance import letters
from tests.browser.conftest import DESK, PHONE, Door
from tests.factories import make_conversation, make_question, make_topic

LEAK = "R-2026/118"


def test_a_leaked_order_number_is_settled_in_private(enter: Door, ann: User, stella: User) -> None:
    topic = make_topic("Orders", "orders", channel="both", staff=[stella])
    make_question(ann, "Where is my parcel?", text=f"My order {LEAK} never came.", topic=topic)
    question = Question.objects.get()
    desk = enter(stella, width=DESK)
    desk.goto(question.get_absolute_url())
    desk.locator(f"#q-{question.public_id}").get_by_role("link", name="Personal data").click()
    desk.get_by_label(LEAK).check()
    desk.get_by_role("button", name="Remove it for good").click()
    expect(desk.locator(".flashes")).to_contain_text("It is gone, everywhere.")
    visitor = enter(width=PHONE)
    visitor.goto(question.get_absolute_url())
    expect(visitor.get_by_role("main")).to_contain_text("Personal data removed by Stella Stern")
    expect(visitor.get_by_role("main")).to_contain_text("is settling this privately with the asker since")
    expect(visitor.get_by_role("main")).not_to_contain_text(LEAK)

    page = enter(ann, width=PHONE, script=False)
    room = Conversation.objects.get()
    page.goto(room.get_absolute_url())
    expect(page.get_by_role("main")).to_contain_text(LEAK)
    page.get_by_role("button", name="Close this conversation").click()
    expect(page.locator(".flashes")).to_contain_text("The conversation is closed.")
    desk.goto("/desk/doors/")
    desk.get_by_role("link", name="Where is my parcel?").click()
    desk.get_by_label("One sentence for everybody").fill("Solved: replacement sent.")
    desk.get_by_role("button", name="Ask", exact=True).click()
    expect(desk.locator(".flashes")).to_contain_text("The asker is asked")
    page.goto(f"/q/{question.public_id}/-/private/")
    page.get_by_role("button", name="Yes, show it").click()
    expect(page.locator(".flashes")).to_contain_text("Thank you, noted.")
    visitor.reload()
    expect(visitor.get_by_role("main")).to_contain_text("Solved: replacement sent.")
    assert not [letter for letter in letters() if "2026/118" in f"{letter.subject} {letter.body}"]


def test_a_private_answer_becomes_an_entry_of_the_faq(enter: Door, ann: User, stella: User) -> None:
    topic = make_topic("Skin", "skin", channel="private", discreet=True, staff=[stella])
    room = make_conversation(ann, topic, "My hands", "My hands itch since 3.3.2026. Ann")
    desk = enter(stella, width=DESK)
    desk.goto(room.get_absolute_url())
    desk.get_by_role("link", name="Would this help others too? Ask the customer").click()
    expect(desk.locator("mark")).to_have_count(2)
    desk.get_by_label("Question in one sentence").fill("What helps itching hands?")
    desk.get_by_label("The question").fill("")
    desk.get_by_label("Our answer").fill("Oat, and cream at night.")
    desk.get_by_role("button", name="Lay it before the customer").click()
    expect(desk.locator(".flashes")).to_contain_text("Nothing is published before they say yes.")
    assert not FaqEntry.objects.exists()

    page = enter(ann, width=PHONE, script=False)
    page.goto(room.get_absolute_url())
    page.get_by_role("link", name="Read and decide").click()
    expect(page.get_by_role("main")).to_contain_text("My hands itch")
    page.get_by_label("Yes, as “a customer”").check()
    page.get_by_role("button", name="Decide").click()
    expect(page.locator(".flashes")).to_contain_text("It is public now")
    visitor = enter(width=PHONE)
    address = FaqEntry.objects.get().get_absolute_url()
    visitor.goto(address)
    expect(visitor.get_by_role("main")).to_contain_text("published with the customer's consent")
    expect(visitor.get_by_role("main")).to_contain_text("Oat, and cream at night.")
    page.get_by_role("button", name="Take it back: no longer public").click()
    expect(page.locator(".flashes")).to_contain_text("It is not public any more.")
    response = visitor.reload()
    assert response
    assert response.status == 404
    said = "".join(f"{letter.subject} {letter.body}" for letter in letters())
    assert not [word for word in ("itch", "Skin", "Oat") if word in said]
