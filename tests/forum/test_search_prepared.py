"""The SQL that is put together once asks for what it would ask for if it were put together anew."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.test import Client
from django.utils import timezone

from accounts.models import User
from forum.models import Question, Topic
from forum.search import search
from forum.search.prepared import read
from moderation.actions.decisions import hide
from tests.factories import make_answer, make_faq, make_question, make_topic

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from forum.querysets import Viewer

VISITOR = AnonymousUser()


def _shown(q: str, user: Viewer, **narrowed: Any) -> list[tuple[str, str, str]]:
    page = search(q, user=user, **narrowed)
    hits = [*page.faq, *page.questions, *page.close]
    return [(hit.found.kind, hit.title, hit.excerpt) for hit in hits]


@pytest.mark.parametrize("q", ["lavender", "lavender soap", "lavender grows nowhere", "soap rose", "lavander soap"])
def test_a_visitor_finds_what_somebody_signed_in_finds(ann: User, ben: User, stella: User, q: str) -> None:
    courses = make_topic("Courses", "courses")
    make_faq(stella, "Where does lavender grow?")
    make_question(ann, "Lavender soap, and rose")
    make_question(ann, "Something else", text="Honey.", topic=courses)
    make_answer(make_question(ann, "A last thing", topic=courses), stella, text="We grow lavender ourselves.")
    for narrowed in ({}, {"topic": courses}, {"kind": "question"}, {"kind": "faq"}, {"state": "open"}):
        of_ben = _shown(q, ben, **narrowed)
        assert _shown(q, VISITOR, **narrowed) == of_ben
        assert _shown(q, VISITOR, **narrowed) == of_ben, "the second time, from what was kept"
    assert _shown(q, VISITOR)


def test_what_is_hidden_is_gone_from_the_next_search(ann: User, moritz: User) -> None:
    question = make_question(ann, "Lavender soap")
    assert len(_shown("lavender", VISITOR)) == 1
    hide(target=question, by=moritz, rule="insult", reason="An example.")
    assert _shown("lavender", VISITOR) == []


def test_what_looks_at_the_clock_is_put_together_each_time(ann: User) -> None:
    question = make_question(ann, "Lavender soap")

    def said_by_now(values: Sequence[Any]) -> QuerySet[Any, Any]:
        return Question.objects.public().filter(pk__in=values, created_at__lt=timezone.now()).values_list("title")

    def titles() -> list[Any]:
        return read(said_by_now, [question.pk], shape="clock", viewer=VISITOR)

    with time_machine.travel(question.created_at - timedelta(days=1)):
        assert titles() == []
    with time_machine.travel(question.created_at + timedelta(days=1)):
        assert titles() == [("Lavender soap",)]


def test_answers_are_read_only_where_they_say_why_something_was_found(ann: User, stella: User) -> None:
    by_title = make_question(ann, "Lavender soap")
    by_answer = make_question(ann, "What grows on your fields?")
    for question in (by_title, by_answer):
        make_answer(question, stella, text="We grow lavender ourselves.")
    hits = search("lavender", user=VISITOR).questions
    assert [(hit.found, hit.excerpt) for hit in hits] == [
        (by_title, "Mine has been on the shelf since spring."),
        (by_answer, "We grow <mark>lavender</mark> ourselves."),
    ]
    said = [row.said for row in (hit.found for hit in hits) if isinstance(row, Question)]
    assert said[0] == ""
    assert "lavender" in said[1]


def test_the_topics_come_with_the_finds_in_their_order(ann: User, ben: User, stella: User) -> None:
    make_question(ann, "Lavender soap")
    make_topic("Courses", "courses", position=2)
    make_topic("Addresses", "addresses", position=2)
    make_topic("Skin", "skin", channel="private", discreet=True)
    expected = list(Topic.objects.visible_to(VISITOR).values_list("slug", "name"))
    assert [slug for slug, _name in expected] == ["skin", "soap", "addresses", "courses"]
    for user in (VISITOR, ben, stella):
        for q in ("lavender", "lavender soap grows", "lavendr"):
            page = search(q, user=user)
            assert page.topics in (expected, []), q
        assert search("lavender", user=user).topics == expected


def test_one_word_is_looked_for_in_two_queries(
    client: Client, ann: User, stella: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_answer(make_question(ann, "Lavender soap"), stella)
    make_faq(stella, "Where does lavender grow?")
    for _ in range(2):
        with django_assert_num_queries(4):  # is it kept, who are we; what has the word, and what is shown of it
            page = client.get("/search/", {"q": "lavender"}).content.decode()
    assert '<option value="soap">' in page
