"""Ben changes his answer; the former version stays."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from forum.actions.team import leave
from forum.models import Answer, Revision
from tests.factories import make_answer, make_comment, make_question


@pytest.fixture
def answer(ann: User, ben: User) -> Answer:
    return make_answer(make_question(ann), ben)


def url(answer: Answer) -> str:
    return f"/a/{answer.public_id}/edit/"


def test_ben_changes_his_answer(login: Any, ben: User, answer: Answer) -> None:
    response = login(ben).post(url(answer), {"text": "About **three** years.", "reason": "Counted again."}, follow=True)
    answer.refresh_from_db()
    assert "<strong>three</strong>" in answer.html
    assert Revision.objects.filter(answer=answer).count() == 2
    assert "saved" in response.content.decode()


def test_the_same_words_make_no_version(login: Any, ben: User, answer: Answer) -> None:
    login(ben).post(url(answer), {"text": answer.text})
    assert not Revision.objects.exists()


def test_an_empty_answer_comes_back(login: Any, ben: User, answer: Answer) -> None:
    response = login(ben).post(url(answer), {"text": " ", "reason": "Why not."})
    assert response.status_code == 422
    assert "Why not." in response.content.decode()


def test_nobody_else_changes_it(login: Any, ann: User, stella: User, answer: Answer) -> None:
    for user in (ann, stella):
        assert login(user).post(url(answer), {"text": "Mine now."}).status_code == 403


def test_who_has_left_the_team_does_not_change_the_words_with_the_badge(login: Any, ann: User, stella: User) -> None:
    question = make_question(ann)
    answer = make_answer(question, stella)
    comment = make_comment(question, stella)
    leave(person=stella)
    customer = User.objects.get(pk=stella.pk)
    own = make_answer(question, customer)
    client = login(customer)
    assert client.post(url(answer), {"text": "Mine now."}).status_code == 403
    assert client.post(f"/c/{comment.public_id}/edit/", {"text": "Mine now."}).status_code == 403
    assert client.post(f"/c/{comment.public_id}/delete/").status_code == 403
    page = client.get(question.get_absolute_url()).content.decode()
    assert url(answer) not in page
    assert f"/c/{comment.public_id}/edit/" not in page
    assert client.post(url(own), {"text": "Mine, as a customer."}).status_code == 302


def test_a_hidden_answer_is_not_changed_any_more(login: Any, ann: User, ben: User, answer: Answer) -> None:
    answer.hide(by=ann, rule="insult", reason="x", at=timezone.now())
    assert login(ben).get(url(answer)).status_code == 403
    assert login(ann).get(url(answer)).status_code == 404


def test_a_visitor_signs_in_first(client: Client, answer: Answer) -> None:
    assert client.get(url(answer))["Location"] == f"/account/login/?next={url(answer)}"
