"""Ben changes his comment."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from forum.models import Comment, Revision
from tests.factories import make_answer, make_comment, make_question


@pytest.fixture(params=["question", "answer"])
def comment(request: pytest.FixtureRequest, ann: User, ben: User) -> Comment:
    question = make_question(ann)
    return make_comment(question if request.param == "question" else make_answer(question, ann), ben)


def url(comment: Comment) -> str:
    return f"/c/{comment.public_id}/edit/"


def test_ben_changes_his_comment(login: Any, ben: User, comment: Comment) -> None:
    response = login(ben).post(url(comment), {"text": "Good to *hear*."}, follow=True)
    assert response.redirect_chain == [(comment.get_absolute_url(), 302)]
    assert "<em>hear</em>" in response.content.decode()
    assert Revision.objects.filter(comment=comment).count() == 2


def test_the_same_words_make_no_version(login: Any, ben: User, comment: Comment) -> None:
    login(ben).post(url(comment), {"text": comment.text})
    assert not Revision.objects.exists()


def test_an_empty_comment_comes_back(login: Any, ben: User, comment: Comment) -> None:
    assert login(ben).post(url(comment), {"text": ""}).status_code == 422


def test_nobody_else_changes_it(login: Any, ann: User, stella: User, comment: Comment) -> None:
    for user in (ann, stella):
        assert login(user).post(url(comment), {"text": "Mine now."}).status_code == 403


def test_a_hidden_comment_is_not_changed_any_more(login: Any, ann: User, ben: User, comment: Comment) -> None:
    comment.hide(by=ann, rule="insult", reason="x", at=timezone.now())
    assert login(ben).post(url(comment), {"text": "Still here."}).status_code == 403
    assert login(ann).get(url(comment)).status_code == 404


def test_a_visitor_signs_in_first(client: Client, comment: Comment) -> None:
    assert client.get(url(comment))["Location"] == f"/account/login/?next={url(comment)}"
