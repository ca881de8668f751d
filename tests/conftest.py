"""The cast: Ann asks, Ben is another customer, Stella is staff, Moritz moderates, Olga owns the place."""

from __future__ import annotations

import gc
import os
import secrets
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from django.conf import settings as site_settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis

from accounts.models import Role, StaffCard, User
from accounts.sessions import BEGAN, NOTED, SEEN
from forum import readings
from forum.kept_pages import store
from forum.models import Company
from tests.factories import PASSWORD, protect
from tests.visitors import come_in_by_the_front_door

# A busy machine is no reason to fail: speed is measured in bench/, not here.
hypothesis.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis.load_profile("suite")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what asks a database: the rest need not run again on the second one. What takes long comes first."""
    for item in items:
        if asks_a_database(item) and (commits(item) or not item.get_closest_marker("any_database")):
            item.add_marker("database")
    items.sort(key=lambda item: item.get_closest_marker("long") is None)  # whatever the order, theirs stays


def asks_a_database(item: pytest.Item) -> bool:
    return bool(item.get_closest_marker("django_db") or {"db", "transactional_db"} & set(fixtures_of(item)))


def commits(item: pytest.Item) -> bool:
    """Whether it does more than one thing at a time, or what only a transaction of its own shows."""
    mark = item.get_closest_marker("django_db")
    return "transactional_db" in fixtures_of(item) or bool(mark and mark.kwargs.get("transaction"))


def fixtures_of(item: pytest.Item) -> list[str]:
    return list(getattr(item, "fixturenames", ()))


def pytest_collection_finish() -> None:
    """What is there now stays to the end: the collector of garbage looks through what comes after it, and seldom."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)


def memory_folder() -> str | None:
    """A folder in memory with a gigabyte to spare, which containers often lack; None when there is none."""
    with suppress(OSError):
        folder = os.statvfs("/dev/shm")
        if os.access("/dev/shm", os.W_OK) and folder.f_bavail * folder.f_frsize >= 2**30:
            return "/dev/shm"
    return None


def migrated_file() -> Path | None:
    """Where a fresh SQLite database is kept for the stages of `make test` that follow, which need not migrate again."""
    name = os.environ.get("MIGRATED_DATABASE", "")
    return Path(name) if name and site_settings.DATABASES["default"]["ENGINE"].endswith("sqlite3") else None


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> Iterator[None]:
    """SQLite in a file, as on a site: in memory, who comes second to write is sent away instead of waiting.

    The file lies in memory where the system has a roomy folder there.
    """
    database, migrated = site_settings.DATABASES["default"], migrated_file()
    with TemporaryDirectory(prefix="tests-", dir=memory_folder(), ignore_cleanup_errors=True) as folder:
        if database["ENGINE"].endswith("sqlite3"):
            database.setdefault("TEST", {})["NAME"] = f"{folder}/tests.sqlite3"
        if migrated and migrated.exists():
            shutil.copyfile(migrated, f"{folder}/tests.sqlite3")
        yield


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    return bool((migrated := migrated_file()) and migrated.exists())


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    migrated = migrated_file()
    if migrated and not migrated.exists():
        own = migrated.with_suffix(f".{os.getpid()}")
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(own)])
        own.rename(migrated)


@pytest.fixture(autouse=True, scope="session")
def _front_door() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as monkeypatch:
        come_in_by_the_front_door(monkeypatch)
        yield


@pytest.fixture(autouse=True)
def _quick_and_fresh(settings: object) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # type: ignore[attr-defined]
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}  # type: ignore[attr-defined]
    cache.clear()
    store.clear()  # another test is another site


@pytest.fixture(autouse=True)
def _own_folders(settings: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    """What a test writes beside the database lies nowhere else; made only when something is."""
    folder = tmp_path_factory.getbasetemp() / secrets.token_hex(8)
    settings.EXPORTS_DIR, settings.TOMBSTONES_FILE = folder / "exports", folder / "erased-accounts"
    settings.MEDIA_ROOT = folder / "media"
    private = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": folder / "private"}}
    settings.STORAGES = settings.STORAGES | {"private": private}


@pytest.fixture(autouse=True)
def _no_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """However slow the machine, an erasure leaves nothing to the worker, and a page counts readers without writing.

    Unless a test wants something else.
    """
    monkeypatch.setattr("accounts.erasure.IN_REQUEST", timedelta(hours=1))
    readings.waiting.numbers.clear()
    readings.waiting.since = time.monotonic()


@pytest.fixture
def https(settings: Any) -> None:
    """As config/settings.py sets it for an address that begins with https."""
    settings.SECURE_SSL_REDIRECT = settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.LANGUAGE_COOKIE_SECURE = True
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"


@pytest.fixture
def company(db: None) -> Company:
    return Company.objects.create(pk=1, name="Quellmoos", languages="en", monday="09:00-17:00")


def _person(nickname: str, role: str = "", **card: str) -> User:
    user = User.objects.create_user(nickname, f"{nickname}@example.org", PASSWORD, role=role)
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    if role:
        protect(user)
    if card:
        StaffCard.objects.create(user=user, slug=nickname, **card)
    return user


@pytest.fixture
def ann(company: Company) -> User:
    return _person("ann")


@pytest.fixture
def ben(company: Company) -> User:
    return _person("ben")


@pytest.fixture
def stella(company: Company) -> User:
    return _person("stella", Role.STAFF, name="Stella Stern", role_title="Soap maker", sign_off="Yours, Stella")


@pytest.fixture
def moritz(company: Company) -> User:
    return _person("moritz", Role.MODERATOR, name="Moritz Mai", role_title="Skin care", sign_off="Yours, Moritz")


@pytest.fixture
def olga(company: Company) -> User:
    return _person("olga", Role.OWNER, name="Olga Ober", role_title="Owner", sign_off="Yours, Olga")


@pytest.fixture
def login(db: None) -> Callable[[User], Client]:
    def go(user: User) -> Client:
        """Staff have a second factor, since without one they get no further than to the page that asks for it."""
        if user.is_staff:
            protect(user)
        client = Client()
        client.force_login(User.objects.get(pk=user.pk))  # as it is now: sessions ask for it
        _note(client)
        return client

    return go


def _note(client: Client) -> None:
    """As after the first page of a session: what is noted then is no part of what a test counts."""
    session, now = client.session, int(time.time())
    session.update({BEGAN: now, SEEN: now, NOTED: session.session_key})
    session.save()
