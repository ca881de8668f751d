"""The number of changes over a connection of its own: what is written is seen, and a lost connection is made anew."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import DatabaseError, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from config.wsgi import application
from forum import change_reader, changes
from forum.change_reader import ChangeReader
from forum.kept_pages import store
from forum.models import Company, Question
from tests.factories import make_question

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def reader() -> Iterator[ChangeReader]:
    made = ChangeReader()
    yield made
    made.close()


def connection_of(reader: ChangeReader) -> BaseDatabaseWrapper:
    assert reader._database
    return reader._database


def test_it_says_what_the_database_says_and_asks_nothing_of_djangos_connection(reader: ChangeReader) -> None:
    Company.objects.create(pk=1, name="Kaltenbach")
    before = changes.number()
    with CaptureQueriesContext(connection) as asked:
        assert reader.number() == before
        assert reader.number() == before
    assert not asked.captured_queries
    Company.objects.update(name="Kaltenbach and daughters")
    assert reader.number() == changes.number() != before


def test_one_connection_serves_all_threads(reader: ChangeReader, monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[int | None] = []
    connected = []
    connect = change_reader._connect

    def slowly() -> BaseDatabaseWrapper:
        connected.append(threading.current_thread())
        time.sleep(0.05)
        return connect()

    monkeypatch.setattr(change_reader, "_connect", slowly)
    threads = [threading.Thread(target=lambda: found.append(reader.number())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [changes.number()] * 8
    assert len(connected) == 1


def test_a_connection_that_was_lost_is_made_anew(reader: ChangeReader) -> None:
    reader.number()
    connection_of(reader).connection.close()
    assert reader.number() == changes.number()


def test_a_connection_does_not_last_for_ever(reader: ChangeReader, monkeypatch: pytest.MonkeyPatch) -> None:
    reader.number()
    first = connection_of(reader)
    reader.number()
    assert connection_of(reader) is first
    monkeypatch.setattr(change_reader, "LASTS", 0)
    assert reader.number() == changes.number()
    assert connection_of(reader) is not first
    assert first.connection is None


def test_a_database_that_is_away_is_said(reader: ChangeReader, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> BaseDatabaseWrapper:
        raise DatabaseError("away")

    monkeypatch.setattr(change_reader, "_connect", refuse)
    with pytest.raises(DatabaseError):
        reader.number()


def test_who_waits_for_another_for_too_long_is_told_that_it_is_away(
    reader: ChangeReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(change_reader, "PATIENCE", 0.01)
    turn = reader._turn.get()
    with pytest.raises(DatabaseError):
        reader.number()
    reader._turn.put(turn)
    monkeypatch.undo()
    assert reader.number() is not None


def test_the_site_answers_by_it_on_every_worker(ann: User) -> None:
    """As a web server asks, and another process writes."""
    question, path = make_question(ann, "Before"), "/q/"
    try:
        made, again = ask(path), ask(path)
        assert made == again
        assert made[0] == "200 OK"
        assert "Content-Security-Policy" in dict(made[1])
        assert "X-Content-Type-Options" in dict(made[1])
        assert int(dict(made[1])["Content-Length"]) == len(made[2])
        for key, page in store._pages.items():
            store._pages[key] = page._replace(body=b"kept")
        assert ask(path)[2] == b"kept"
        Question.objects.filter(pk=question.pk).update(title="After")
        assert b"After" in ask(path)[2]
    finally:
        application.read_number.__self__.close()  # type: ignore[attr-defined]
        connections.close_all()


def ask(path: str) -> tuple[str, list[tuple[str, str]], bytes]:
    """Status, headers and body."""
    head: list[Any] = []
    body = application(RequestFactory().get(path).environ, lambda *said: head.extend(said))
    return head[0], head[1], b"".join(body)
