"""How often a question is read is counted without watching anybody, and says what the FAQ may lack."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from forum.models import Question, Reading
from forum.readings import EVERY, KEPT, delete_old_readings, waiting
from tests.factories import make_question, make_topic

Login = Callable[[User], Client]
PERSON = {"User-Agent": "Mozilla/5.0 (Linux; Android 14; CUBOT P80) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36"}
TODAY = timezone.localdate


@pytest.fixture
def question(ann: User) -> Question:
    return make_question(ann, "Does soap float?")


def read(client: Client, question: Question, **headers: str) -> None:
    assert client.get(question.get_absolute_url(), headers=PERSON | headers).status_code == 200


def minutes_later() -> None:
    waiting.since -= EVERY


def test_readers_add_to_a_number_that_is_written_every_few_minutes(
    client: Client, login: Login, ben: User, question: Question, django_assert_max_num_queries: Any
) -> None:
    read(client, question)
    with django_assert_max_num_queries(7):
        read(client, question)
    read(login(ben), question)
    assert not Reading.objects.exists(), "reading writes nothing"
    minutes_later()
    read(client, question)
    assert list(Reading.objects.values_list("question", "day", "count")) == [(question.pk, TODAY(), 4)]
    other = make_question(ben)
    for one in (other, question):
        read(client, one)
    minutes_later()
    read(client, question)
    assert dict(Reading.objects.values_list("question", "count")) == {question.pk: 6, other.pk: 1}
    assert not client.cookies


@pytest.mark.any_database
def test_who_looks_after_it_and_what_is_no_reader_does_not_count(
    client: Client, login: Login, ann: User, stella: User, question: Question
) -> None:
    for somebody in (ann, stella):
        read(login(somebody), question)
    for name in ("", "curl/8.5", "Mozilla/5.0 (compatible; Somebot/2.1; +https://example.org/bot)"):
        read(client, question, **{"User-Agent": name})
    read(client, question, **{"Sec-Purpose": "prefetch;prerender"})
    client.head(question.get_absolute_url(), headers=PERSON)
    client.get(f"/q/{question.public_id}/", headers=PERSON)
    quiet = make_topic("Quiet", "quiet", channel="private", discreet=True)
    read(client, make_question(ann, topic=quiet))
    assert not waiting.numbers


def test_what_is_deleted_meanwhile_is_forgotten(client: Client, ann: User, question: Question) -> None:
    gone = make_question(ann, "Gone soon")
    read(client, gone)
    gone.delete()
    minutes_later()
    read(client, question)
    assert list(Reading.objects.values_list("question", flat=True)) == [question.pk]
    question.delete()
    assert not Reading.objects.exists()


def test_what_many_read_is_proposed_and_old_numbers_go(
    login: Login, ann: User, stella: User, question: Question
) -> None:
    quiet, today = make_question(ann, "Read by few"), TODAY()
    for days in range(4):
        Reading.objects.create(question=question, day=today - timedelta(days=days), count=30)
        Reading.objects.create(question=quiet, day=today - timedelta(days=days), count=24)
    Reading.objects.create(question=quiet, day=today - KEPT, count=500)
    page = login(stella).get("/desk/faq/proposals/")
    assert [proposal.title for proposal in page.context["proposals"]] == ["Does soap float?"]
    assert page.context["proposals"][0].demand == 6
    assert "was read 120 times in the last 30 days" in page.text
    delete_old_readings(timezone.now())
    assert Reading.objects.filter(question=quiet).count() == 4
