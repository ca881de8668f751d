"""What a phone of 360 pixels shows of what is wide or stands close together."""

from __future__ import annotations

from playwright.sync_api import expect

from accounts.models import User
from forum.models import LegalPage
from tests.browser.conftest import PHONE, Door

HEAD = "| What | Where | Why | By whom | How long |\n|---|---|---|---|---|\n"
ROW = "| Nickname | Everywhere | Recognition | Everybody | Sevendays |\n"


def test_what_is_wide_says_so_and_what_is_pressed_has_room(enter: Door, ann: User) -> None:
    LegalPage(kind=LegalPage.Kind.PRIVACY, language="en", text=HEAD + ROW).publish(by=ann)
    enter(ann).goto("/account/")
    page = enter(ann, width=PHONE)
    page.goto("/about/privacy/")
    table = page.locator(".table-scroll")
    last = table.get_by_text("Sevendays")
    expect(last).not_to_be_in_viewport()
    table.focus()
    for _press in range(20):
        page.keyboard.press("ArrowRight")
    expect(last).to_be_in_viewport(ratio=0.9)
    assert "gradient" in str(table.evaluate("box => getComputedStyle(box).backgroundImage"))
    page.goto("/account/sessions/")
    note = page.get_by_text("Of each network we keep").bounding_box()
    button = page.get_by_role("button", name="End all others").bounding_box()
    assert note
    assert button
    assert button["y"] - (note["y"] + note["height"]) >= 16
