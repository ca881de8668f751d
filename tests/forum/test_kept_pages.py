"""A page that was shown to one visitor is shown to the next, until anything is written; nobody is shown another's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.db import connection
from django.test import Client

from accounts.models import User
from forum import changes
from forum.actions.faq import retire_entry
from forum.actions.questions import edit_question
from forum.kept_pages import LASTS, store
from forum.models import Company, FaqEntry, Question
from forum.readings import waiting
from moderation.actions.decisions import hide
from tests.factories import make_answer, make_comment, make_faq, make_question, make_topic

Login = Callable[[User], Client]
GERMAN = {"Accept-Language": "de-DE,de;q=0.9,en;q=0.8"}
READER = {"User-Agent": "Mozilla/5.0 Firefox/140.0"}


@pytest.fixture
def pages(ann: User, stella: User) -> list[str]:
    question, entry = make_question(ann), make_faq(stella)
    make_answer(question, stella)
    card = stella.staff_card.get_absolute_url()
    rows = [row.get_absolute_url() for row in (question, question.topic, entry)]
    return ["/", "/q/", "/faq/", "/team/", card, "/people/ann/", *rows]


def seen(path: str, **headers: Any) -> str:
    """By somebody who comes for the first time."""
    response = Client().get(path, headers=headers)
    assert response.status_code == 200
    return response.text


def test_the_second_visitor_costs_one_query(pages: list[str], django_assert_num_queries: Any) -> None:
    for path in pages:
        first = seen(path)
        with django_assert_num_queries(1):
            again = Client().get(path)
        assert again.text == first
        assert again["Content-Security-Policy"]
        assert again["X-Content-Type-Options"] == "nosniff"


def test_what_is_written_is_on_the_next_page(pages: list[str], ann: User, stella: User, moritz: User) -> None:
    question, entry = Question.objects.get(), FaqEntry.objects.get()
    path = question.get_absolute_url()
    assert "It melted." not in seen(path)
    answer = make_answer(question, ann, "It melted.")
    assert "It melted." in seen(path)
    make_comment(answer, ann, "In the sun.")
    assert "In the sun." in seen(path)
    edit_question(question=question, editor=ann, title=question.title, text="Mine is red.")
    assert "Mine is red." in seen(path)
    hide(target=answer, by=moritz, rule="insult", reason="An example.")
    assert "It melted." not in seen(path)
    assert entry.title in seen("/faq/")
    retire_entry(entry=entry)
    assert entry.title not in seen("/faq/")
    Company.objects.update(name="Kaltenbach and daughters")
    assert "Kaltenbach and daughters" in seen("/faq/")


def test_whoever_is_signed_in_gets_their_own_page(pages: list[str], login: Login, ann: User) -> None:
    for path in pages:
        assert "Sign in" in seen(path)
        own = login(ann).get(path)
        assert "Sign out" in own.text
        assert "Sign out" not in seen(path)


def test_a_page_made_for_somebody_signed_in_is_shown_to_nobody_else(pages: list[str], login: Login, ann: User) -> None:
    client = login(ann)
    for path in pages:
        client.get(path)
    assert not store._pages


def test_each_language_has_its_own(pages: list[str]) -> None:
    Company.objects.update(languages="de,en")
    for _ in range(2):
        assert 'lang="en"' in seen("/faq/", **{"Accept-Language": "en"})
        assert 'lang="de"' in seen("/faq/", **GERMAN)
        chosen = Client()
        chosen.cookies["language"] = "en"
        assert 'lang="en"' in chosen.get("/faq/", headers=GERMAN).text


def test_another_address_is_another_page(pages: list[str]) -> None:
    assert seen("/q/?state=accepted") != seen("/q/")
    assert Client().get("/q/?topic=nowhere").status_code == 404
    assert "testserver" not in Client().get("/", headers={"Host": "localhost"}).text


def test_what_sets_a_cookie_or_must_not_be_stored_is_not_kept(client: Client, stella: User, ann: User) -> None:
    discreet = make_topic("Skin", "skin", channel="private", discreet=True)
    entry = make_faq(stella, topic=discreet)
    for path in (discreet.get_absolute_url(), entry.get_absolute_url(), f"/faq/?topic={discreet.pk}"):
        assert client.get(path).status_code == 200
    for path in ("/account/login/", "/account/signup/", "/search/?q=soap", "/private/new/"):
        client.get(path)
    assert not store._pages


def test_whoever_was_told_something_is_not_shown_a_kept_page(pages: list[str]) -> None:
    seen("/faq/")
    for name in ("messages", "session", "device", "room"):
        client = Client()
        client.cookies[name] = "anything"
        before = dict(store._pages)
        client.get("/faq/")
        assert store._pages == before


def test_what_the_clock_changes_shows_after_a_minute(pages: list[str]) -> None:
    start = datetime.fromisoformat("2026-03-02T10:00:00+00:00")
    with time_machine.travel(start, tick=False):
        seen("/")
        assert store._pages
        made_at = {page.made_at for page in store._pages.values()}
    with time_machine.travel(start + timedelta(seconds=LASTS + 1), tick=False):
        seen("/")
        assert {page.made_at for page in store._pages.values()} != made_at


def test_a_visit_to_a_kept_question_is_a_reading(pages: list[str]) -> None:
    question = Question.objects.get()
    waiting.numbers.clear()
    for _ in range(3):
        seen(question.get_absolute_url(), **READER)
    seen(question.get_absolute_url(), **{"User-Agent": "a bot"})
    assert [count for (_day, key), count in waiting.numbers.items() if key == question.pk] == [3]


def test_the_memory_is_bounded(pages: list[str], settings: Any) -> None:
    for number in range(60):
        seen(f"/?{number}")
    settings.KEPT_PAGES_MB = 1
    for number in range(200):
        seen(f"/team/?{number}")
    assert store._bytes == sum(len(page.body) for page in store._pages.values())
    assert store._bytes <= 1024 * 1024
    settings.KEPT_PAGES_MB = 0
    store.clear()
    seen("/team/")
    assert not store._pages


@pytest.mark.django_db
def test_every_table_counts_or_is_known_to_be_seen_by_nobody() -> None:
    """A new table counts by itself only if the migration that makes it calls `changes.install`."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%%_change_insert'")
        else:
            cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE '%%_change'")
        counted = {name for (name,) in cursor.fetchall()}
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    assert tables - changes.UNSEEN == counted & tables


@pytest.mark.django_db
def test_the_number_is_another_one_after_each_write_and_no_other(ann: User) -> None:
    question = make_question(ann)
    before = changes.number()
    assert before is not None
    assert changes.number() == before
    for write in (
        lambda: Question.objects.filter(pk=question.pk).update(title="Another"),
        lambda: make_answer(question, ann),
        lambda: question.answers.all().delete(),
    ):
        write()
        now = changes.number()
        assert now is not None
        assert now > before
        before = now


def test_the_rows_of_many_writes_are_put_together(ann: User) -> None:
    question = make_question(ann)
    before = changes.number()
    for number in range(450):
        Question.objects.filter(pk=question.pk).update(metoo_count=number)
    assert changes.number() == (before or 0) + 450
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM forum_change")
        assert cursor.fetchone()[0] <= 400
