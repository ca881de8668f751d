"""Ben wants to hear what becomes of a question."""

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
    return client.post(f"/q/{question.public_id}/-/subscribe/", {"on": on}, follow=True)


def test_ben_follows_and_stops(login: Any, ben: User, question: Question) -> None:
    page = press(login(ben), question).content.decode()
    assert "You will get an e-mail" in page
    assert "You follow this" in page
    assert Subscription.objects.filter(user=ben).count() == 1
    assert "no more e-mails" in press(login(ben), question, on="0").content.decode()
    assert not Subscription.objects.filter(user=ben).exists()


def test_ann_may_stop_following_her_own(login: Any, ann: User, question: Question) -> None:
    press(login(ann), question, on="0")
    assert not Subscription.objects.exists()


def test_nobody_follows_what_is_hidden(login: Any, ben: User, question: Question) -> None:
    question.hide(by=ben, rule="insult", reason="x", at=timezone.now())
    assert press(login(ben), question).status_code == 404


def test_a_visitor_is_asked_to_sign_in(client: Client, question: Question) -> None:
    assert press(client, question).status_code == 401
