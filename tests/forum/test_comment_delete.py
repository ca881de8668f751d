"""Ben deletes his comment, after he was asked."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from forum.models import Comment
from tests.factories import make_comment, make_question


@pytest.fixture
def comment(ann: User, ben: User) -> Comment:
    return make_comment(make_question(ann), ben, "A slip of the tongue.")


def url(comment: Comment) -> str:
    return f"/c/{comment.public_id}/delete/"


def test_ben_is_asked_first(login: Any, ben: User, comment: Comment) -> None:
    assert "A slip of the tongue." in login(ben).get(url(comment)).content.decode()
    comment.refresh_from_db()
    assert comment.deleted_at is None


def test_ben_deletes_it_for_everybody(login: Any, ben: User, moritz: User, comment: Comment) -> None:
    response = login(ben).post(url(comment), follow=True)
    assert "Your comment is deleted." in response.content.decode()
    for reader in (ben, moritz):
        page = login(reader).get(comment.thread.get_absolute_url()).content.decode()
        assert "A slip of the tongue." not in page
    assert login(ben).get(url(comment)).status_code == 404


def test_nobody_else_deletes_it(login: Any, ann: User, moritz: User, comment: Comment) -> None:
    for user in (ann, moritz):
        assert login(user).post(url(comment)).status_code == 403
    comment.refresh_from_db()
    assert comment.deleted_at is None


def test_a_visitor_signs_in_first(client: Client, comment: Comment) -> None:
    assert client.get(url(comment))["Location"] == f"/account/login/?next={url(comment)}"
