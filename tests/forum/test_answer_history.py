"""The versions of an answer."""

from __future__ import annotations

from django.test import Client
from django.utils import timezone

from accounts.models import User
from forum.actions.answers import edit_answer
from tests.factories import make_answer, make_question


def test_a_visitor_sees_what_was_changed(client: Client, ann: User, ben: User) -> None:
    answer = make_answer(make_question(ann), ben, "It lasts two years.")
    edit_answer(answer=answer, editor=ben, text="It lasts three years.")
    page = client.get(f"/a/{answer.public_id}/history/").content.decode()
    assert "<mark>two</mark>" in page
    assert "<mark>three</mark>" in page
    assert "Versions of the answer by ben" in page


def test_the_versions_of_a_hidden_answer_are_not_found(client: Client, ann: User, ben: User) -> None:
    answer = make_answer(make_question(ann), ben, hidden_at=timezone.now())
    assert client.get(f"/a/{answer.public_id}/history/").status_code == 404
