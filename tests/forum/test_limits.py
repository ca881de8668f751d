"""Nobody floods the place: who has written enough for now is told when to go on, and loses no word."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.models import User
from forum.limits import TooMuch, check_limit
from forum.models import Answer, Comment, Conversation, Question
from tests.factories import make_answer, make_comment, make_conversation, make_question, make_topic

pytestmark = pytest.mark.any_database

Login = Callable[[User], Client]
SENTENCE = "You have written a lot in a short time. You can send this from"
TEXT = "Words that somebody has typed with care."


@pytest.fixture
def regular(ann: User) -> User:
    """Ann, who has been here for longer than a day."""
    User.objects.update(date_joined=timezone.now() - timedelta(days=30))
    ann.refresh_from_db()
    return ann


def ago(**when: float) -> dict[str, Any]:
    return {"created_at": timezone.now() - timedelta(**when)}


def ask(client: Client, number: int = 0) -> Any:
    said = {"title": f"Number {number} of my questions", "text": TEXT, "topic": make_topic().slug, "seen": "1"}
    return client.post("/ask/", said)


def test_the_fourth_question_in_an_hour_waits_and_nothing_is_lost(login: Login, regular: User) -> None:
    customer = login(regular)
    for number in range(3):
        assert ask(customer, number).status_code == 302
    response = ask(customer, 3)
    assert response.status_code == 429
    assert 3500 < int(response["Retry-After"]) <= 3660
    assert SENTENCE in response.text
    assert TEXT in response.text
    assert "Number 3 of my questions" in response.text
    assert Question.objects.count() == 3
    with time_machine.travel(timezone.now() + timedelta(seconds=int(response["Retry-After"]))):
        assert ask(customer, 3).status_code == 302


def test_the_hour_is_counted_from_each_question(login: Login, regular: User) -> None:
    for minutes in (59, 30, 1):
        make_question(regular, **ago(minutes=minutes))
    assert int(ask(login(regular))["Retry-After"]) <= 120


def test_ten_questions_are_enough_for_a_day(login: Login, regular: User) -> None:
    for hours in range(2, 12):
        make_question(regular, **ago(hours=hours))
    response = ask(login(regular))
    assert response.status_code == 429
    assert 12 * 3600 < int(response["Retry-After"]) <= 13 * 3600 + 60


def test_a_double_click_on_the_last_one_is_no_fourth(login: Login, regular: User) -> None:
    customer = login(regular)
    assert [ask(customer, number).status_code for number in (0, 1, 2, 2)] == [302] * 4


def test_who_came_today_asks_three_questions_until_the_day_is_over(login: Login, ann: User) -> None:
    User.objects.filter(pk=ann.pk).update(date_joined=timezone.now() - timedelta(hours=20))
    for hours in (9, 6, 3):
        make_question(ann, **ago(hours=hours))
    response = ask(login(ann))
    assert response.status_code == 429
    assert int(response["Retry-After"]) <= 4 * 3600 + 60


@pytest.mark.parametrize("kind", ["answer", "question comment", "answer comment"])
def test_answers_and_comments_count_together(login: Login, regular: User, ben: User, kind: str) -> None:
    question = make_question(ben)
    answer = make_answer(question, ben)
    for _number in range(10):
        make_answer(question, regular)
        make_comment(question, regular)
    path = {"answer": f"/q/{question.public_id}/-/answer/", "question comment": f"/q/{question.public_id}/-/comment/",
            "answer comment": f"/a/{answer.public_id}/comment/"}[kind]  # fmt: skip
    response = login(regular).post(path, {"text": TEXT})
    assert response.status_code == 429
    assert SENTENCE in response.text
    assert TEXT in response.text
    assert not Answer.objects.filter(text=TEXT).exists()
    assert not Comment.objects.filter(text=TEXT).exists()


def test_who_came_today_writes_ten_replies(ann: User, ben: User) -> None:
    question = make_question(ben)
    for _number in range(9):
        make_comment(question, ann)
    check_limit(ann, "reply")
    make_comment(question, ann, deleted_at=timezone.now())
    with pytest.raises(TooMuch):
        check_limit(ann, "reply")


def test_ten_private_conversations_a_day(login: Login, regular: User, stella: User) -> None:
    topic = make_topic("Orders", "orders", channel="both", staff=[stella])
    for _number in range(10):
        make_conversation(regular, topic)
    response = login(regular).post("/private/new/", {"topic": topic.pk, "subject": "One more", "text": TEXT})
    assert response.status_code == 429
    assert SENTENCE in response.text
    assert TEXT in response.text
    assert "no-store" in response["Cache-Control"]
    assert Conversation.objects.count() == 10
    room = Conversation.objects.all()[0]
    assert login(regular).post(f"/private/{room.pk}/", {"text": "But I may go on."}).status_code == 302


def test_staff_write_as_much_as_they_like(login: Login, stella: User) -> None:
    for number in range(5):
        assert ask(login(stella), number).status_code == 302


@pytest.mark.parametrize("kind", ["question", "reply", "conversation"])
def test_it_costs_one_query(ann: User, kind: str, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        check_limit(ann, kind)
