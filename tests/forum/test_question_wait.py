"""Staff say whose turn it is without writing an answer."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from forum.models import Question
from tests.factories import make_answer, make_question


@pytest.fixture
def question(ann: User) -> Question:
    return make_question(ann, promised_at=timezone.now() - timedelta(days=3))


def say(client: Any, question: Question, whom: str) -> Any:
    response = client.post(f"/q/{question.public_id}/-/wait/", {"waiting_on": whom}, follow=True)
    question.refresh_from_db()
    return response


@pytest.mark.parametrize(("whom", "stored"), [("asker", "asker"), ("nobody", ""), ("us", "us")])
def test_stella_says_whose_turn_it_is(login: Any, stella: User, question: Question, whom: str, stored: str) -> None:
    response = say(login(stella), question, whom)
    assert question.waiting_on == stored
    assert "Noted:" in response.content.decode()


def test_the_button_puts_off_nothing_that_was_promised(login: Any, stella: User, question: Question) -> None:
    promised_at = question.promised_at
    for whom in ("us", "asker", "us"):
        say(login(stella), question, whom)
    assert question.promised_at == promised_at
    assert question.is_overdue


def test_waiting_for_us_after_an_answer_is_a_new_promise(login: Any, stella: User, question: Question) -> None:
    make_answer(question, stella, waiting_on="asker")
    say(login(stella), question, "us")
    assert not question.is_overdue


@pytest.mark.parametrize("whom", ["", "everybody", "\0"])
def test_anything_else_is_a_bad_request(login: Any, stella: User, question: Question, whom: str) -> None:
    assert say(login(stella), question, whom).status_code == 400
    assert question.waiting_on == "us"
