"""What a reader's browser is asked to do: little, by nobody else, and without keeping anything."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from accounts.models import StaffCard, User
from forum.models import Topic
from tests.browser.conftest import PHONE, Door
from tests.browser.rooms import CUSTOMER, MODERATOR, rooms
from tests.factories import make_answer, make_comment, make_question

if TYPE_CHECKING:
    from playwright.sync_api import Page, Request, Response

REQUESTS, BYTES = 6, 60_000
IDLE = "new Promise(done => requestIdleCallback(() => done(), {timeout: 500}))"
HEADERS = 700  # of one response, roughly: they are not compressed
COMPRESSIBLE = ("text/", "application/xml", "application/json", "image/svg")


def wire_size(response: Response) -> int:
    """Bytes as a production server sends them; the server of the tests does not compress."""
    body = response.body()
    kind = response.headers.get("content-type", "")
    return HEADERS + len(gzip.compress(body, 6) if kind.startswith(COMPRESSIBLE) else body)


def first_view(page: Page, path: str) -> list[Response]:
    """All that a browser fetches that has never been here before."""
    requests: list[Request] = []

    def listen(request: Request) -> None:
        requests.append(request)

    page.context.new_cdp_session(page).send("Network.clearBrowserCache")
    page.on("request", listen)
    page.goto(path)
    page.evaluate(
        "new Promise(done => requestIdleCallback(() => done(), {timeout: 500}))"
    )  # what a script would fetch by itself
    page.remove_listener("request", listen)
    return [response for request in requests if (response := request.response())]


@pytest.mark.long
def test_a_first_view_is_small_and_leaves_nothing_behind(enter: Door, demo: object) -> None:
    """No cookie and no key in any storage, from the first page to the last; foreign hosts are watched for."""
    page, found = enter(width=PHONE), []
    for path in rooms(""):
        responses = first_view(page, path)
        size = sum(map(wire_size, responses))
        # The page of the team shows the picture of each.
        allowed = REQUESTS + (StaffCard.objects.count() if path == "/team/" else 0)
        assert len(responses) > 1, f"{path} came from a cache"
        if len(responses) > allowed or size > BYTES:
            found.append(f"{path}: {len(responses)} requests, {size} bytes")
        # Their forms carry a token against forgery.
        if path.startswith(("/account/", "/report/", "/private/", "/faq-objection/")):
            page.context.clear_cookies()
        elif page.context.cookies():
            found.append(f"{path}: {page.context.cookies()}")
    assert not found, "\n".join(found)
    assert page.context.storage_state() == {"cookies": [], "origins": []}
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def test_one_endless_word_widens_no_page(enter: Door, demo: object) -> None:
    """On a phone nothing has to be pushed sideways, whatever somebody calls a question or themselves."""
    wide = User.objects.create_user(nickname="W" * 20, email="wide@example.org")
    topic = Topic.objects.public()[0]
    question = make_question(wide, title="W" * 150, text="https://example.org/" + "w" * 200, topic=topic)
    make_comment(make_answer(question, wide, "w" * 200), wide, "w" * 200)
    page = enter(width=PHONE)
    for path in [question.get_absolute_url(), "/q/", "/", f"/people/{wide.nickname}/", f"/search/?q={'z' * 150}"]:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE, path


def test_an_answer_nobody_can_act_on_leaves_no_gap(enter: Door, demo: object) -> None:
    question = make_question(User.objects.get(nickname=CUSTOMER), topic=Topic.objects.public()[0])
    make_answer(question, User.objects.get(nickname=MODERATOR))
    page = enter()
    page.goto(question.get_absolute_url())
    assert page.locator(".post .post__actions:visible").count() == page.locator(".post__actions:visible:has(*)").count()
