"""The versions of a question, with what each of them changed."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from forum.actions.questions import edit_question
from forum.models import Question, Revision
from forum.views.versions import VERSIONS_A_PAGE
from tests.factories import make_question


@pytest.fixture
def question(ann: User) -> Question:
    question = make_question(ann, text="It is dry.\n\nSince spring.")
    edit_question(
        question=question, editor=ann, title="How long does <b> last?", text="It is wet.\n\nSince spring.", reason="Oh."
    )
    return question


def page(client: Client, question: Question, query: str = "") -> str:
    return client.get(f"/q/{question.public_id}/-/history/{query}").content.decode()


def test_a_visitor_sees_what_was_changed(client: Client, question: Question) -> None:
    text = page(client, question)
    assert "It is <mark>dry</mark>.</del>" in text
    assert "It is <mark>wet</mark>.</ins>" in text
    assert "Removed:" in text
    assert "&lt;" in text
    assert "<b>" not in text
    assert "Oh." in text
    assert text.index("Version 2") < text.index("Version 1")


def test_a_question_never_edited_has_one_version(client: Client, ann: User) -> None:
    assert "There is only this one version" in page(client, make_question(ann))


def test_a_hidden_version_is_only_for_moderators(client: Client, login: Any, question: Question, moritz: User) -> None:
    Revision.objects.filter(number=1).update(hidden_at=timezone.now())
    assert "dry" not in page(client, question)
    assert "dry" in page(login(moritz), question)


def test_the_versions_of_a_hidden_question_are_not_found(client: Client, question: Question, ben: User) -> None:
    question.hide(by=ben, rule="insult", reason="x", at=timezone.now())
    assert client.get(f"/q/{question.public_id}/-/history/").status_code == 404


def test_staff_stand_there_with_the_name_of_their_card(client: Client, stella: User) -> None:
    question = make_question(stella)
    edit_question(question=question, editor=stella, title=question.title, text="Changed.")
    text = page(client, question)
    assert text.count("Stella Stern") >= 2
    assert ">stella<" not in text


def test_many_versions_come_in_pages(client: Client, question: Question, ann: User) -> None:
    for number in range(VERSIONS_A_PAGE):
        edit_question(question=question, editor=ann, title=question.title, text=f"Text {number}.")
    assert f"?before={3}" in page(client, question)
    older = page(client, question, "?before=3")
    assert "Version 2" in older
    assert "Version 3" not in older


@pytest.mark.parametrize("before", ["x", "-1", "9" * 30, "%00", "²"])
def test_an_odd_page_is_the_first(client: Client, question: Question, before: str) -> None:
    assert "Version 2" in page(client, question, f"?before={before}")


def test_the_page_needs_the_same_queries_for_every_history(
    client: Client, question: Question, ann: User, django_assert_max_num_queries: Any
) -> None:
    for number in range(VERSIONS_A_PAGE):
        edit_question(question=question, editor=ann, title=question.title, text=f"Text {number}.")
    with django_assert_max_num_queries(4):
        page(client, question)
