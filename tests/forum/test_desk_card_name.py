"""Stella takes her name back, and it is nowhere any more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.models import CardConsent, StaffCard, User
from forum.actions.answers import accept_answer, edit_answer
from forum.actions.conversations import close_conversation, read_conversation, send_message
from forum.actions.questions import close_question
from forum.actions.team import leave
from forum.models import Answer, Company
from moderation.actions.decisions import hide
from tests.factories import make_answer, make_comment, make_conversation, make_faq, make_question, make_topic

pytestmark = pytest.mark.any_database

Login = Callable[[User], Client]


@pytest.fixture
def question(ann: User, ben: User, stella: User) -> Any:
    """Stella has left her name in every place that takes one."""
    StaffCard.objects.filter(user=stella).update(about="Stella Stern has boiled soap since 1998.")
    CardConsent.objects.record(stella, "name")
    stella.refresh_from_db()
    topic = make_topic("Skin", "skin", channel="private", staff=[stella])
    question = make_question(ann)
    answer = make_answer(question, stella)
    edit_answer(answer=answer, editor=stella, text="Three years.")
    make_comment(question, stella)
    accept_answer(answer=answer, by=stella)
    conversation = make_conversation(ann, topic)
    read_conversation(conversation=conversation, reader=stella)
    send_message(conversation=conversation, author=stella, text="Hello.", waiting_on="asker")
    close_conversation(conversation=conversation, by=stella)
    make_faq(stella)
    hide(target=make_answer(question, ben), by=stella, rule="insult", reason="It is not polite.")
    close_question(question=question, by=stella, reason="It is answered.")
    return question


def in_the_database(word: str) -> set[str]:
    """Tables in which the word stands somewhere."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            if word in repr(cursor.fetchall()):
                found.add(table)
    return found


def test_the_name_is_nowhere_any_more(login: Login, client: Client, question: Any, stella: User) -> None:
    assert len(in_the_database("Stella Stern")) > 8
    assert login(stella).post("/desk/card/name/", {"name": "Lotte"})["Location"] == "/desk/card/"
    assert in_the_database("Stella Stern") == set()
    assert in_the_database("Yours, Stella") == set()
    card = StaffCard.objects.get(user=stella)
    assert (card.name, card.slug, card.about, card.sign_off) == ("Lotte", "lotte", "", "Lotte")
    assert CardConsent.objects.get().withdrawn_at
    assert client.get("/team/stella/").status_code == 404
    for path in (question.get_absolute_url(), "/team/", "/team/lotte/", "/faq/how-long-does-soap-last/"):
        page = client.get(path).text
        assert "Lotte" in page
        assert "Stella" not in page
    for path in ("/feeds/questions.atom", "/feeds/faq.atom", "/search/?q=soap"):
        assert "Stella" not in client.get(path).text


@pytest.mark.parametrize(
    ("language", "neutral"),
    [("en", "A member of the team"), ("de", "Jemand aus dem Team"), ("de,en", "Jemand aus dem Team")],
)
def test_without_another_name_it_is_a_member_of_the_team(
    login: Login, question: Any, stella: User, language: str, neutral: str
) -> None:
    Company.objects.update(languages=language)
    login(stella).post("/desk/card/name/", {"name": " "})
    assert Answer.objects.get(author=stella).posted_as_name == neutral


def test_the_role_stays_as_it_was(login: Login, question: Any, stella: User) -> None:
    login(stella).post("/desk/card/name/", {"name": "Lotte"})
    assert Answer.objects.get(author=stella).posted_as_role == "Soap maker"


def test_what_others_did_keeps_their_names(login: Login, client: Client, ann: User, stella: User, moritz: User) -> None:
    question = make_question(ann)
    make_answer(question, moritz)
    login(stella).post("/desk/card/name/", {"name": "Lotte"})
    assert "Moritz Mai" in client.get(question.get_absolute_url()).text
    assert Answer.objects.get(author=moritz).posted_as_sign_off == "Yours, Moritz"


def test_what_she_asked_as_a_customer_stays_under_her_nickname(login: Login, ann: User, stella: User) -> None:
    answer = make_answer(make_question(ann), ann)
    User.objects.filter(pk=stella.pk).update(role="")
    accept_answer(answer=answer, by=User.objects.get(pk=stella.pk))
    User.objects.filter(pk=stella.pk).update(role="staff")
    login(stella).post("/desk/card/name/", {"name": "Lotte"})
    assert answer.acceptances.get().accepted_by_name == "stella"


@pytest.mark.parametrize("name", ["Support", "Quellmoos Team", "x" * 61])
def test_the_service_name_is_no_department_either(login: Login, stella: User, name: str) -> None:
    response = login(stella).post("/desk/card/name/", {"name": name})
    assert response.status_code == 422
    assert StaffCard.objects.get(user=stella).name == "Stella Stern"


@pytest.mark.parametrize("state", ["former", "suspended"])
def test_also_who_may_do_nothing_else_takes_name_and_face_back(
    login: Login, olga: User, question: Any, stella: User, state: str
) -> None:
    if state == "former":
        leave(person=stella)
    else:
        User.objects.filter(pk=stella.pk).update(suspended_at=timezone.now())
    client = login(User.objects.get(pk=stella.pk))
    page = client.get("/desk/card/").text
    assert "/desk/card/name/" in page
    assert 'name="role_title"' not in page
    assert client.post("/desk/card/portrait/").status_code == 302
    assert client.post("/desk/card/name/", {}).status_code == 302
    assert in_the_database("Stella Stern") == set()


def test_nobody_takes_another_ones_name(login: Login, ann: User, moritz: User, stella: User) -> None:
    assert login(ann).post("/desk/card/name/", {}).status_code == 404
    login(moritz).post("/desk/card/name/", {"card": str(stella.staff_card.pk), "user": str(stella.pk)})
    assert StaffCard.objects.get(user=stella).name == "Stella Stern"
