"""The lasting address of an answer."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from tests.factories import make_answer, make_question


def test_the_address_leads_to_the_place(client: Client, ann: User, ben: User) -> None:
    answer = make_answer(make_question(ann), ben)
    response = client.get(f"/a/{answer.public_id}/", follow=True)
    assert response.redirect_chain[0][0].endswith(f"#a-{answer.public_id}")
    assert f'id="a-{answer.public_id}"' in response.content.decode()


def test_a_hidden_answer_leads_to_its_tombstone(client: Client, ann: User, ben: User) -> None:
    answer = make_answer(make_question(ann), ben, hidden_at=timezone.now())
    assert client.get(f"/a/{answer.public_id}/").status_code == 302


@pytest.mark.parametrize("state", ["hidden_at", "held_at", "deleted_at"])
def test_nothing_leads_to_answers_of_questions_that_are_gone(client: Client, ann: User, ben: User, state: str) -> None:
    question = make_question(ann)
    answers = [make_answer(question, ben), make_answer(question, ben, hidden_at=timezone.now())]
    setattr(question, state, timezone.now())
    question.save()
    for answer in answers:
        assert client.get(f"/a/{answer.public_id}/").status_code == 404


def test_a_held_answer_is_not_found(client: Client, ann: User, ben: User) -> None:
    answer = make_answer(make_question(ann), ben, held_at=timezone.now())
    assert client.get(f"/a/{answer.public_id}/").status_code == 404
