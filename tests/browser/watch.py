"""What a browser notices and a test client does not: faults on the console, foreign hosts, dialogs."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, ConsoleMessage, Dialog, Request, WebError

# A form that comes back, or a page that is gone: said to the person, and by Chromium to the console.
MEANT = "Failed to load resource: the server responded with a status of 4"
# A test has cut the line.
CUT = "Failed to load resource: net::ERR_"


class Watch:
    def __init__(self, url: str) -> None:
        self.host = urlsplit(url).netloc
        self.faults: list[str] = []
        # What a test brings about itself: the network cut, a draft that was saved elsewhere.
        self.expected: tuple[str, ...] = ()

    def over(self, context: BrowserContext) -> None:
        context.on("console", self._on_console)
        context.on("weberror", self._on_error)
        context.on("request", self._on_request)
        context.on("dialog", self._on_dialog)

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not self._is_meant(message):
            self.faults.append(f"console: {message.text}")

    def _is_meant(self, message: ConsoleMessage) -> bool:
        page = message.page
        if self.expected and message.text.startswith(self.expected):
            return True
        return message.text.startswith(MEANT) and page is not None and message.location["url"] == page.url

    def _on_error(self, error: WebError) -> None:
        self.faults.append(f"script: {error.error}")

    def _on_request(self, request: Request) -> None:
        """Readers, and what they read, are nobody else's business."""
        host = urlsplit(request.url).netloc
        if host and host != self.host:
            self.faults.append(f"foreign host: {request.url}")

    def _on_dialog(self, dialog: Dialog) -> None:
        self.faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()
