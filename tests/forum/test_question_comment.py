"""Short words under a question."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import OutgoingMail, User
from forum.actions.questions import close_question
from forum.models import Comment, Question
from tests.accounts.entrance import letters
from tests.factories import make_answer, make_question


@pytest.fixture
def question(ann: User) -> Question:
    return make_question(ann)


def url(question: Question) -> str:
    return f"/q/{question.public_id}/-/comment/"


def test_ben_asks_back_and_ann_hears_of_it(login: Any, ann: User, ben: User, question: Question) -> None:
    response = login(ben).post(url(question), {"text": "Which *kind*?"}, follow=True)
    comment = Comment.objects.get()
    assert response.redirect_chain == [(comment.get_absolute_url(), 302)]
    assert "<em>kind</em>" in response.content.decode()
    assert "Your comment is published." in response.content.decode()
    assert [(m.kind, m.recipient) for m in OutgoingMail.objects.all()] == [("question_commented", ann)]


def test_ann_does_without_letters_about_comments(login: Any, ann: User, ben: User, question: Question) -> None:
    """Also without the one that waits already; and has them again when she wants them."""
    client = login(ann)
    login(ben).post(url(question), {"text": "Which kind?"})
    page = client.post("/account/letters/comments/", {"on": ""}, follow=True).content.decode()
    assert "We do not write about comments." in page
    login(ben).post(url(question), {"text": "And how large?"})
    assert letters() == []
    assert OutgoingMail.objects.count() == 1
    client.post("/account/letters/comments/", {"on": "1"})
    login(ben).post(url(question), {"text": "And how old?"})
    assert "/account/\n" in letters()[0].body


def test_who_follows_no_more_gets_no_more_letters_about_it(
    login: Any, ann: User, ben: User, stella: User, question: Question
) -> None:
    """Of the answer she hears as its author, whatever she follows."""
    answer = make_answer(question, stella)
    OutgoingMail.objects.all().delete()
    login(ann).post(f"/q/{question.public_id}/-/subscribe/", {"on": "0"})
    login(ben).post(url(question), {"text": "Which kind?"})
    login(ben).post(f"/a/{answer.public_id}/comment/", {"text": "Is that so?"})
    assert [(m.kind, m.recipient) for m in OutgoingMail.objects.all()] == [("question_commented", stella)]


def test_anns_comment_brings_the_question_back_to_us(login: Any, ann: User, stella: User, question: Question) -> None:
    make_answer(question, stella, waiting_on="asker")
    login(ann).post(url(question), {"text": "The blue one."})
    question.refresh_from_db()
    assert question.awaits_staff


@pytest.mark.parametrize("text", ["", "a\0b", "x" * 2_001])
def test_a_wrong_text_comes_back(login: Any, ben: User, question: Question, text: str) -> None:
    response = login(ben).post(url(question), {"text": text})
    assert response.status_code == 422
    assert not Comment.objects.exists()


def test_the_preview_publishes_nothing(login: Any, ben: User, question: Question) -> None:
    response = login(ben).post(url(question), {"text": "Which *kind*?", "preview": "1"})
    assert "<em>kind</em>" in response.content.decode()
    assert not Comment.objects.exists()


def test_a_closed_question_gives_the_text_back(login: Any, ben: User, stella: User, question: Question) -> None:
    close_question(question=question, by=stella, reason="Settled.")
    response = login(ben).post(url(question), {"text": "But wait."})
    assert response.status_code == 403
    assert "But wait." in response.content.decode()


def test_a_visitor_signs_in_first(client: Client, question: Question) -> None:
    assert client.get(url(question))["Location"] == f"/account/login/?next={url(question)}"


def test_a_double_click_comments_once(login: Any, ben: User, question: Question) -> None:
    client = login(ben)
    for _click in range(2):
        assert client.post(url(question), {"text": "Which kind?"}).status_code == 302
    assert Comment.objects.count() == 1
