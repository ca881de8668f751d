"""Ann says that an answer helped her."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from forum.models import Answer
from tests.factories import make_answer, make_question


@pytest.fixture
def answer(ann: User, ben: User) -> Answer:
    return make_answer(make_question(ann), ben)


def press(client: Client, answer: Answer, on: str = "1") -> Any:
    response = client.post(f"/a/{answer.public_id}/helpful/", {"on": on}, follow=True)
    answer.refresh_from_db()
    return response


def test_ann_finds_it_helpful_once(login: Any, ann: User, answer: Answer) -> None:
    press(login(ann), answer)
    response = press(login(ann), answer)
    assert answer.helpful_count == 1
    page = response.content.decode()
    assert "Good to know that this helped you." in page
    assert 'name="on" value="0" aria-pressed="true"' in page


def test_ann_takes_it_back(login: Any, ann: User, answer: Answer) -> None:
    press(login(ann), answer)
    press(login(ann), answer, on="0")
    assert answer.helpful_count == 0


def test_ben_does_not_praise_himself(login: Any, ben: User, answer: Answer) -> None:
    assert press(login(ben), answer).status_code == 403
    assert answer.helpful_count == 0


def test_a_visitor_is_asked_to_sign_in(client: Client, answer: Answer) -> None:
    assert press(client, answer).status_code == 401
