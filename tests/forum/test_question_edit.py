"""Ann changes her question; what it said before stays readable."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from forum.models import Question, Revision
from tests.factories import make_question, make_topic


@pytest.fixture
def question(ann: User) -> Question:
    return make_question(ann)


def url(question: Question) -> str:
    return f"/q/{question.public_id}/-/edit/"


def typed(question: Question, **changes: str) -> dict[str, str]:
    return {"title": question.title, "topic": "soap", "text": question.text, "reason": ""} | changes


def test_ann_finds_her_words_in_the_form(login: Any, ann: User, question: Question) -> None:
    page = login(ann).get(url(question)).content.decode()
    assert 'value="How long does soap last?"' in page
    assert "Mine has been on the shelf since spring." in page


def test_ann_changes_title_and_text(login: Any, ann: User, question: Question) -> None:
    changes = {"title": "How long does hard soap last?", "text": "Since **summer**.", "reason": "It was summer."}
    response = login(ann).post(url(question), typed(question, **changes), follow=True)
    question.refresh_from_db()
    assert "<strong>summer</strong>" in question.html
    assert response.redirect_chain[-1][0] == question.get_absolute_url()
    assert question.slug == "how-long-does-hard-soap-last"
    assert [r.reason for r in Revision.objects.filter(question=question)] == ["", "It was summer."]
    assert "saved" in response.content.decode()


def test_the_same_words_make_no_version(login: Any, ann: User, question: Question) -> None:
    login(ann).post(url(question), typed(question, text=question.text + "\r\n"))
    question.refresh_from_db()
    assert question.edited_at is None
    assert not Revision.objects.exists()


def test_ann_moves_her_question_to_another_topic(login: Any, ann: User, question: Question) -> None:
    make_topic("Hair", "hair")
    login(ann).post(url(question), typed(question, topic="hair"))
    question.refresh_from_db()
    assert question.topic.slug == "hair"
    assert not Revision.objects.exists()


def test_a_question_keeps_a_topic_that_became_private(login: Any, ann: User, question: Question) -> None:
    question.topic.channel = "private"
    question.topic.save()
    assert login(ann).post(url(question), typed(question, text="Since summer.")).status_code == 302


def test_wrong_input_comes_back(login: Any, ann: User, question: Question) -> None:
    response = login(ann).post(url(question), typed(question, title="", text="A new text.", reason="r" * 201))
    assert response.status_code == 422
    assert "A new text." in response.content.decode()
    assert "at most 200 fit" in response.content.decode()


def test_the_preview_shows_the_text_unsaved(login: Any, ann: User, question: Question) -> None:
    response = login(ann).post(url(question), typed(question, text="It is **dry**.", preview="1"))
    assert "<strong>dry</strong>" in response.content.decode()
    assert not Revision.objects.exists()


def test_nobody_else_changes_anns_words(login: Any, ben: User, olga: User, question: Question) -> None:
    for user in (ben, olga):
        assert login(user).get(url(question)).status_code == 403
        assert login(user).post(url(question), typed(question, text="Mine now.")).status_code == 403
    question.refresh_from_db()
    assert question.text == "Mine has been on the shelf since spring."


def test_a_hidden_question_is_not_changed_any_more(login: Any, ann: User, ben: User, question: Question) -> None:
    question.hide(by=ben, rule="insult", reason="x", at=timezone.now())
    assert login(ann).post(url(question), typed(question, text="Mine now.")).status_code == 403
    assert login(ben).get(url(question)).status_code == 404


def test_a_visitor_signs_in_first(client: Client, question: Question) -> None:
    assert client.get(url(question))["Location"] == f"/account/login/?next={url(question)}"
