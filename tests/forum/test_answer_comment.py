"""Short words under an answer."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import OutgoingMail, User
from forum.models import Answer, Comment
from tests.factories import make_answer, make_question


@pytest.fixture
def answer(ann: User, ben: User) -> Answer:
    return make_answer(make_question(ann), ben)


def url(answer: Answer) -> str:
    return f"/a/{answer.public_id}/comment/"


def test_stella_comments_with_her_badge_and_both_hear_of_it(
    login: Any, ann: User, ben: User, stella: User, answer: Answer
) -> None:
    OutgoingMail.objects.all().delete()
    response = login(stella).post(url(answer), {"text": "Well said."}, follow=True)
    comment = Comment.objects.get()
    assert (comment.answer, comment.posted_as_name) == (answer, "Stella Stern")
    assert response.redirect_chain == [(comment.get_absolute_url(), 302)]
    assert {m.recipient for m in OutgoingMail.objects.all()} == {ann, ben}


def test_the_form_shows_what_is_commented_on(login: Any, ann: User, answer: Answer) -> None:
    page = login(ann).get(url(answer)).content.decode()
    assert "ben wrote" in page
    assert "About two years" in page


def test_nobody_comments_on_what_is_hidden_or_held(login: Any, ann: User, ben: User, answer: Answer) -> None:
    answer.hold("Links.", timezone.now())
    answer.save()
    assert login(ann).post(url(answer), {"text": "Why?"}).status_code == 404
    assert login(ben).post(url(answer), {"text": "Why?"}).status_code == 403


def test_an_empty_comment_comes_back(login: Any, ann: User, answer: Answer) -> None:
    assert login(ann).post(url(answer), {"text": ""}).status_code == 422


def test_a_visitor_signs_in_first(client: Client, answer: Answer) -> None:
    assert client.get(url(answer))["Location"] == f"/account/login/?next={url(answer)}"
