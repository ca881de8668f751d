"""Is the process alive, and can it do its work?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache.backends.locmem import LocMemCache
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone

from accounts.mail import queue_mail
from accounts.models import OutgoingMail, User
from forum.views import health


def test_alive_without_a_single_query(client: Client, db: None, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")


def test_ready_when_everything_answers(client: Client, db: None) -> None:
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.content == b"database: ok\ncache: ok\nmail: ok\ndisk: ok\n"
    assert "no-store" in response["Cache-Control"]


def test_letters_that_wait_too_long_are_a_trouble(client: Client, ann: User) -> None:
    queue_mail(kind="question_answered", recipient=ann, answer=1)
    assert client.get("/readyz").status_code == 200
    OutgoingMail.objects.update(due_at=timezone.now() - timedelta(minutes=16))
    response = client.get("/readyz")
    assert response.status_code == 503
    assert b"mail: letters wait for more than 15 minutes" in response.content


def test_a_letter_that_was_sent_or_given_up_is_no_trouble(client: Client, ann: User) -> None:
    queue_mail(kind="question_answered", recipient=ann, answer=1)
    OutgoingMail.objects.update(due_at=timezone.now() - timedelta(days=2), failed_at=timezone.now())
    assert client.get("/readyz").status_code == 200


def test_a_database_that_is_away_is_said_without_details(client: Client, db: None, monkeypatch) -> None:
    def away() -> str:
        raise DatabaseError("could not connect to host secret.internal")

    monkeypatch.setitem(health.CHECKS, "database", away)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.content.startswith(b"database: does not answer\n")
    assert b"secret" not in response.content


def test_a_cache_that_keeps_nothing_is_a_trouble(client: Client, db: None, monkeypatch) -> None:
    monkeypatch.setattr(LocMemCache, "get", lambda *args, **kwargs: None)
    assert b"cache: does not keep what it is given" in client.get("/readyz").content


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_only_reading_is_possible(client: Client, db: None, path: str) -> None:
    assert client.post(path).status_code == 405


def test_a_disk_that_is_getting_full_is_said(client: Client, db: None, settings: Any) -> None:
    settings.DISK_FREE_MB = 10**9
    response = client.get("/readyz")
    assert response.status_code == 503
    assert b"disk: getting full; see DISK_FREE_MB" in response.content


def test_owners_read_it_on_the_desk(login: Any, stella: User, olga: User, settings: Any) -> None:
    said = "The disk is getting full."
    assert said not in login(olga).get("/desk/").text
    settings.DISK_FREE_MB = 10**9
    assert said in login(olga).get("/desk/").text
    assert said not in login(stella).get("/desk/").text
