"""A real browser before the real site: windows for each of the cast, watched for what must not happen."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from datetime import timedelta
from fcntl import LOCK_EX, flock
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings as site_settings
from django.db import connection
from django.test import Client, TransactionTestCase
from django.utils import timezone

from accounts.models import User
from moderation.demo.loader import load
from tests.browser.watch import Watch
from tests.factories import protect

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

# Playwright keeps an event loop in this thread, which Django would take for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

NAMES = ("chromium-headless-shell", "chromium", "google-chrome")
CHROMIUM = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
LONGEST = 30_000  # milliseconds for one step: a slow machine is no fault
PHONE, DESK = 360, 1280
WINDOWS = {
    "phone": {"width": PHONE, "script": True},
    "phone without script": {"width": PHONE, "script": False},
    "desk": {"width": DESK, "script": True},
}

Door = Callable[..., "Page"]


def missing() -> str:
    """Why no browser can be driven here; empty when one can."""
    if not CHROMIUM:
        return "no Chromium was found"
    return "" if find_spec("pytest_playwright") else "Playwright is not installed"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs a browser; without one it is left out, unless REQUIRE_BROWSER is set."""
    reason = "" if os.environ.get("REQUIRE_BROWSER") else missing()
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")
            if reason:
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    arguments = ["--no-sandbox", "--disable-dev-shm-usage"]
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": arguments}


@pytest.fixture(scope="session", autouse=True)
def _patience() -> None:
    from playwright.sync_api import expect

    expect.set_options(timeout=LONGEST)


@pytest.fixture(scope="session", autouse=True)
def _new_again(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """After each test the database is copied back as it was made, which is quicker than emptying every table."""
    if connection.vendor != "sqlite":
        yield
        return
    kept = sqlite3.connect(tmp_path_factory.mktemp("new") / "new.sqlite3", check_same_thread=False)
    with django_db_blocker.unblock():
        connection.ensure_connection()
        copy(connection.connection, kept)

    def restore(_case: TransactionTestCase) -> None:
        connection.ensure_connection()
        copy(kept, connection.connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", restore)
        yield
    kept.close()


@pytest.fixture
def watch(live_server: LiveServer) -> Iterator[Watch]:
    """Looks over the shoulder of every window; what it saw that must not happen fails the test at its end."""
    watch = Watch(live_server.url)
    yield watch
    assert watch.faults == []


@pytest.fixture
def enter(browser: Browser, live_server: LiveServer, settings: Any, watch: Watch) -> Iterator[Door]:
    """Opens the site as somebody, or as a visitor, in a window of its own."""
    contexts = []

    def go(user: User | None = None, *, width: int = DESK, script: bool = True, **more: Any) -> Page:
        size = {"width": width, "height": 800}
        options = {"base_url": live_server.url, "viewport": size, "locale": "en-GB", "reduced_motion": "reduce"} | more
        context = browser.new_context(java_script_enabled=script, **options)
        contexts.append(context)
        context.set_default_timeout(LONGEST)
        watch.over(context)
        if user:
            context.add_cookies([session_of(user, live_server.url)])
        return context.new_page()

    # Links in letters lead here; a file backend would hide them from the test.
    settings.BASE_URL = live_server.url
    yield go
    for context in contexts:
        context.close()


@pytest.fixture(params=list(WINDOWS.values()), ids=list(WINDOWS))
def every_door(request: pytest.FixtureRequest, enter: Door) -> Door:
    """`enter` through each kind of window, for the ways that most people go."""
    return partial(enter, **request.param)


@pytest.fixture(params=list(WINDOWS.values())[1:], ids=list(WINDOWS)[1:])
def door(request: pytest.FixtureRequest, enter: Door) -> Door:
    """`enter` through the two that differ the most, for whole journeys."""
    return partial(enter, **request.param)


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the loaded demonstration waits for the next test that wants it, in whichever process."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "demo"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture
def demo(live_server: LiveServer, settings: Any, shelf: Path) -> dict[str, User]:
    """The demonstration company, and its people by nickname. Loaded once; later tests get a copy of the database."""
    settings.MEDIA_ROOT = shelf
    kept = shelf / "demo.sqlite3"
    with (shelf / "lock").open("w") as lock:
        flock(lock, LOCK_EX)  # whoever comes first loads it for all
        connection.ensure_connection()
        if connection.vendor == "sqlite" and kept.exists():
            copy(sqlite3.connect(kept), connection.connection)
        else:
            load(timezone.now())
            if connection.vendor == "sqlite":
                copy(connection.connection, sqlite3.connect(kept))
    return {user.nickname: user for user in User.objects.all()}


def copy(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    source.backup(target)


def session_of(user: User, url: str) -> Any:
    if user.is_staff:
        protect(user)
    client = Client()
    client.force_login(user)
    name = site_settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": url, "httpOnly": True, "sameSite": "Lax"}


def stop_clock(page: Page) -> None:
    """From now on the page's time goes on by `page.clock.run_for` alone."""
    page.clock.install()
    page.clock.pause_at(timezone.now() + timedelta(hours=1))


@pytest.fixture
def ask(enter: Door, ann: User) -> Callable[..., Page]:
    """Ann's page for a question."""

    def go(**options: Any) -> Page:
        page = enter(ann, **options)
        page.goto("/ask/")
        return page

    return go
