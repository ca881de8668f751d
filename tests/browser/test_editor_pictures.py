"""Pictures come into a text from the toolbar, the clipboard and the desktop; what goes wrong leaves the text alone."""

from __future__ import annotations

import re
from base64 import b64encode
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from accounts.models import User
from forum.models import Question, Upload
from tests.browser.conftest import PHONE, Door
from tests.browser.test_editor import field_of
from tests.browser.watch import MEANT, Watch
from tests.factories import make_topic
from tests.pictures import draw, encoded

if TYPE_CHECKING:
    from playwright.sync_api import Page

WORDS = "A green soap"
MARKDOWN = re.compile(r"!\[A green soap\]\(/media/uploads/[0-9a-f]{32}-900x40\.webp\)")
# A picture as it comes from the clipboard ("paste") or from the desktop ("drop").
BRING = """(field, {kind, data}) => {
  const bytes = Uint8Array.from(atob(data), (one) => one.charCodeAt(0));
  const files = new DataTransfer();
  files.items.add(new File([bytes], 'soap.png', {type: 'image/png'}));
  const event = kind === 'paste'
    ? new ClipboardEvent('paste', {clipboardData: files, bubbles: true, cancelable: true})
    : new DragEvent('drop', {dataTransfer: files, bubbles: true, cancelable: true});
  return field.dispatchEvent(event);
}"""


@pytest.fixture
def page(enter: Door, ann: User, settings: Any, tmp_path: Path) -> Page:
    settings.MEDIA_ROOT = tmp_path
    make_topic("Soap", "soap")
    page = enter(ann, width=PHONE)
    page.goto("/ask/")
    return page


def soap() -> bytes:
    return encoded(draw(900))


def describe(page: Page, words: str = WORDS) -> None:
    page.get_by_label("In one sentence, for those who can not see it").fill(words)
    page.get_by_role("button", name="Insert the picture").click()


def test_ann_asks_with_a_picture(page: Page) -> None:
    field_of(page).fill("Please look.\n")
    field_of(page).press("Control+End")
    page.get_by_role("button", name="Picture", exact=True).click()
    page.locator("[data-choose]").set_input_files({"name": "soap.png", "mimeType": "image/png", "buffer": soap()})
    describe(page)
    expect(field_of(page)).to_have_value(MARKDOWN)
    assert field_of(page).input_value().startswith("Please look.\n")
    page.get_by_role("tab", name="Preview").click()
    expect(page.locator("[data-preview]").get_by_role("img", name=WORDS)).to_be_visible()
    page.get_by_label("Your question in one sentence").fill("Is it this one?")
    page.get_by_label("Topic").select_option("Soap")
    page.get_by_role("button", name="Publish the question").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Is it this one?")  # the preview shows the picture too
    shown = page.get_by_role("main").get_by_role("img", name=WORDS)
    expect(shown).to_be_visible()
    assert shown.evaluate("picture => picture.decode().then(() => picture.naturalWidth)") > 0
    assert Upload.objects.get().question == Question.objects.get()


@pytest.mark.parametrize("kind", ["paste", "drop"])
def test_a_picture_that_is_brought_is_asked_what_it_shows(page: Page, kind: str) -> None:
    field_of(page).fill("Please look.")
    data = b64encode(soap()).decode()
    assert field_of(page).evaluate(BRING, {"kind": kind, "data": data}) is False
    describe(page)
    expect(field_of(page)).to_have_value(re.compile(f"^Please look\\.\n\n{MARKDOWN.pattern}$"))  # where the cursor was
    assert Upload.objects.get().alternative_text == WORDS


def test_what_is_no_picture_is_said_and_the_text_stays(page: Page, watch: Watch) -> None:
    watch.expected = (MEANT,)
    field_of(page).fill("Please look.")
    field_of(page).select_text()
    data = b64encode(b"<html><script>alert(1)</script>").decode()
    field_of(page).evaluate(BRING, {"kind": "paste", "data": data})
    describe(page)
    expect(page.locator(".editor__error")).to_contain_text("Please choose a picture of the type")
    expect(field_of(page)).to_have_value("Please look.")
    assert not Upload.objects.exists()


def test_who_thinks_better_of_it_sends_nothing(page: Page) -> None:
    field_of(page).fill("Please look.")
    field_of(page).evaluate(BRING, {"kind": "drop", "data": b64encode(soap()).decode()})
    page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    expect(field_of(page)).to_be_focused()
    page.keyboard.type(" At once.")  # where the cursor was
    expect(field_of(page)).to_have_value("Please look. At once.")
    assert not Upload.objects.exists()


def test_after_signing_in_elsewhere_a_picture_is_sent_at_the_first_press(page: Page, watch: Watch) -> None:
    """That made the token of this page void; nobody has typed since, so nothing else has brought a new one."""
    watch.expected = (MEANT,)
    field_of(page).fill("Please look.")
    expect(page.locator("[data-draft-status]")).to_have_text("Your draft is saved.")
    page.context.add_cookies([{"name": "csrf", "value": "b" * 32, "url": page.url}])
    field_of(page).evaluate(BRING, {"kind": "paste", "data": b64encode(soap()).decode()})
    describe(page)
    expect(field_of(page)).to_have_value(MARKDOWN)
