"""Ann asks as "A customer": nobody but the team reads her nickname, there or anywhere else."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client

from accounts.mail import deliver_due
from accounts.models import User
from forum.actions.answers import accept_answer
from forum.actions.questions import edit_question, set_unnamed
from forum.models import Question
from tests.factories import make_accepted, make_answer, make_comment, make_question, make_topic

Login = Callable[[User], Client]


@pytest.fixture
def ann(ann: User) -> User:
    """With a name that stands in no other word."""
    ann.rename("Xaverine")
    ann.save()
    return ann


@pytest.fixture
def question(ann: User, ben: User, stella: User) -> Question:
    """Asked, changed, answered and accepted by somebody who is unnamed from the start."""
    question = make_question(ann, "Does soap help against sweat?")
    set_unnamed(question=question, on=True)
    edit_question(question=question, editor=ann, title=question.title, text="It is a bit embarrassing.")
    make_comment(make_accepted(question, stella, by=ann), ann, "Thank you.")
    make_comment(question, ann, "Since spring.")
    make_answer(question, ann, "I found this out myself.")
    make_answer(question, ben, "Me too.")
    return question


def places(question: Question) -> list[str]:
    return [
        question.get_absolute_url(), f"/q/{question.public_id}/-/history/", "/", "/q/", "/feeds/questions.atom",
        "/t/soap/", "/t/soap/feed.atom", "/search/?q=sweat", "/ask/similar/?title=sweat", "/sitemap.xml",
        f"/report/question/{question.public_id}/", *(f"/a/{a.public_id}/history/" for a in question.answers.all()),
        *(f"/report/answer/{a.public_id}/" for a in question.answers.all()),
        *(f"/report/comment/{c.public_id}/" for c in question.comments.all()),
    ]  # fmt: skip


def body(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def test_nobody_else_reads_the_name(login: Login, question: Question, ben: User) -> None:
    for reader in (Client(), login(ben)):
        for path in places(question):
            assert "Xaverine" not in body(reader, path), path
    assert "A customer" in body(Client(), question.get_absolute_url())
    assert "chosen by the asker" in body(Client(), question.get_absolute_url())


def test_who_answers_or_comments_reads_no_name_either(login: Login, question: Question, ben: User) -> None:
    client = login(ben)
    for path in (f"/q/{question.public_id}/-/answer/", f"/q/{question.public_id}/-/comment/"):
        page = body(client, path)
        assert "Xaverine" not in page
        assert "A customer wrote" in page


def test_letters_name_nobody(question: Question) -> None:
    deliver_due(limit=100)
    others = [letter for letter in mail.outbox if letter.to != ["ann@example.org"]]
    assert others
    assert not [letter for letter in others if "Xaverine" in f"{letter.subject}{letter.body}{letter.alternatives}"]


def test_the_public_page_knows_nothing_of_it(question: Question, ann: User, ben: User) -> None:
    assert Client().get("/people/Xaverine/").status_code == 404
    make_question(ann, "Does it float?")
    page = body(Client(), "/people/Xaverine/")
    assert "1 question<" in page
    assert "0 answers" in page
    assert question.title not in page
    assert "found this out" not in page


def test_the_team_reads_the_name_with_a_note(login: Login, question: Question, stella: User) -> None:
    client = login(stella)
    for path in (question.get_absolute_url(), "/q/"):
        page = body(client, path)
        assert "Xaverine" in page
        assert "Others read “A customer”." in page
    assert client.get("/people/Xaverine/").status_code == 200


def test_ann_sees_that_she_is_not_named(login: Login, question: Question, ann: User) -> None:
    page = body(login(ann), question.get_absolute_url())
    assert "That is you; others do not see it." in page


def test_ann_asks_without_her_name(login: Login, ann: User) -> None:
    make_topic()
    typed = {"title": "Which soap floats?", "topic": "soap", "text": "For the bath.", "unnamed": "on"}
    login(ann).post("/ask/", typed)
    assert Question.objects.get().is_unnamed
    assert "Xaverine" not in body(Client(), "/q/")


def test_a_preview_keeps_the_choice(login: Login, ann: User) -> None:
    make_topic()
    typed = {"title": "Which soap floats?", "topic": "soap", "text": "Bath.", "unnamed": "on", "preview": "1"}
    page = login(ann).post("/ask/", typed).content.decode()
    assert re.search(r'<input[^>]* name="unnamed"[^>]* checked', page)


def test_she_changes_her_mind_both_ways(login: Login, question: Question, ann: User) -> None:
    client, path = login(ann), f"/q/{question.public_id}/-/edit/"
    assert "checked" in client.get(path).content.decode()
    typed = {"title": question.title, "topic": "soap", "text": "It is a bit embarrassing.", "reason": ""}
    client.post(path, typed)
    page = body(Client(), question.get_absolute_url())
    assert "A customer" not in page
    assert page.count(">Xaverine<") >= 4
    client.post(path, typed | {"unnamed": "on"})
    assert "Xaverine" not in body(Client(), question.get_absolute_url())


def test_a_name_left_out_later_is_gone_from_what_stood_before(ann: User, ben: User) -> None:
    question = make_question(ann)
    answer = make_answer(question, ben)
    make_comment(answer, ann)
    accept_answer(answer=answer, by=ann)
    set_unnamed(question=question, on=True)
    for path in (question.get_absolute_url(), "/q/", "/feeds/questions.atom"):
        assert "Xaverine" not in body(Client(), path)


def test_others_keep_their_names(question: Question) -> None:
    page = body(Client(), question.get_absolute_url())
    assert ">ben<" in page
    assert "Stella Stern" in page


def test_no_tick_points_at_an_unnamed_asker(question: Question, ann: User) -> None:
    User.objects.filter(pk=ann.pk).update(verified_at=question.created_at, tick_shown_at=question.created_at)
    assert 'class="tick"' not in body(Client(), question.get_absolute_url())


def test_the_name_stays_out_when_the_account_goes(question: Question, ann: User) -> None:
    ann.delete()
    for path in places(question):
        assert "Xaverine" not in body(Client(), path), path


def test_the_team_asks_by_name(login: Login, stella: User) -> None:
    make_topic()
    assert 'name="unnamed"' not in body(login(stella), "/ask/")
    login(stella).post("/ask/", {"title": "Which one?", "topic": "soap", "text": "For us.", "unnamed": "on"})
    assert not Question.objects.get().is_unnamed


def test_the_page_costs_no_more_queries(
    question: Question, ann: User, django_assert_max_num_queries: Callable[..., object]
) -> None:
    for number in range(4):
        make_comment(question, ann, f"Comment {number}")
        make_answer(question, ann, f"Answer {number}")
    with django_assert_max_num_queries(8):  # type: ignore[attr-defined]
        body(Client(), question.get_absolute_url())
    with django_assert_max_num_queries(8):  # type: ignore[attr-defined]
        body(Client(), f"/q/{question.public_id}/-/history/")
