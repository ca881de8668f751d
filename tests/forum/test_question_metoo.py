"""Ben has the same question."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from forum.models import Question, Subscription
from tests.factories import make_question


@pytest.fixture
def question(ann: User) -> Question:
    return make_question(ann)


def press(client: Client, question: Question, on: str = "1") -> Any:
    response = client.post(f"/q/{question.public_id}/-/metoo/", {"on": on}, follow=True)
    question.refresh_from_db()
    return response


def test_ben_has_this_too_counted_once_and_hears_of_it(login: Any, ben: User, question: Question) -> None:
    press(login(ben), question)
    response = press(login(ben), question)
    assert question.metoo_count == 1
    assert Subscription.objects.filter(user=ben).exists()
    assert "You will hear of the answer." in response.content.decode()


def test_ben_takes_it_back(login: Any, ben: User, question: Question) -> None:
    press(login(ben), question)
    press(login(ben), question, on="0")
    assert question.metoo_count == 0


def test_ann_does_not_count_herself(login: Any, ann: User, question: Question) -> None:
    assert press(login(ann), question).status_code == 403


def test_a_suspended_person_is_told_why_not(login: Any, ben: User, question: Question) -> None:
    ben.suspended_at = timezone.now()
    ben.save()
    response = press(login(ben), question)
    assert response.status_code == 403
    assert "Your account is suspended" in response.content.decode()


def test_a_visitor_is_asked_to_sign_in(client: Client, question: Question) -> None:
    assert press(client, question).status_code == 401
    assert question.metoo_count == 0


def test_a_link_counts_nobody(login: Any, ben: User, question: Question) -> None:
    assert login(ben).get(f"/q/{question.public_id}/-/metoo/").status_code == 405
