"""What a test waits for before it goes on. The machine may be slow; `expect` and these wait, a bare look does not."""

from __future__ import annotations

from playwright.sync_api import Page, expect


def arrives_at(page: Page, heading: str) -> None:
    """A click has led to this page, and its scripts have started: some move what stands below them."""
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    page.wait_for_load_state()


def editor_is_ready(page: Page) -> None:
    """The page with the editor has come, and the editor has moved what stands below it."""
    page.locator("[data-editor]").wait_for()
    page.wait_for_load_state()


def preview_shows(page: Page, words: str) -> None:
    """Where the preview stands beside the text, it has answered: its advice moves the buttons."""
    preview = page.locator(".editor__preview")
    if preview.is_visible():
        expect(preview).to_contain_text(words)
