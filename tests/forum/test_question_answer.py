"""Staff answer with their badge and say whose turn it is; customers answer each other."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import OutgoingMail, User
from forum.actions.questions import close_question
from forum.models import Answer, Question
from tests.factories import make_answer, make_question


@pytest.fixture
def question(ann: User) -> Question:
    return make_question(ann)


def url(question: Question) -> str:
    return f"/q/{question.public_id}/-/answer/"


@pytest.mark.parametrize(("choice", "waiting_on"), [("nobody", ""), ("asker", "asker"), ("us", "us")])
def test_stella_answers_and_says_whose_turn_it_is(
    login: Any, stella: User, question: Question, choice: str, waiting_on: str
) -> None:
    response = login(stella).post(url(question), {"text": "About **two** years.", "waiting_on": choice}, follow=True)
    answer = Answer.objects.get()
    question.refresh_from_db()
    assert response.redirect_chain == [(answer.get_absolute_url(), 302)]
    assert (answer.posted_as_name, answer.posted_as_sign_off) == ("Stella Stern", "Yours, Stella")
    assert question.waiting_on == waiting_on
    assert "Your answer is published" in response.content.decode()


def test_the_asker_hears_of_it(login: Any, stella: User, ann: User, question: Question) -> None:
    login(stella).post(url(question), {"text": "About two years.", "waiting_on": "nobody"})
    letter = OutgoingMail.objects.get()
    assert (letter.kind, letter.recipient) == ("question_answered", ann)


def test_nothing_is_chosen_for_stella(login: Any, stella: User, question: Question) -> None:
    assert " checked" not in login(stella).get(url(question)).content.decode()
    response = login(stella).post(url(question), {"text": "About two years."})
    assert response.status_code == 422
    page = response.content.decode()
    assert "Please say whose turn it is now." in page
    assert "About two years." in page


def test_ben_answers_without_being_asked_whose_turn_it_is(login: Any, ben: User, question: Question) -> None:
    assert "waiting_on" not in login(ben).get(url(question)).content.decode()
    login(ben).post(url(question), {"text": "Mine lasted a year.", "waiting_on": "nobody"})
    question.refresh_from_db()
    assert question.waiting_on == "us"
    assert Answer.objects.get().posted_as_name == ""


def test_anns_answer_to_herself_brings_the_question_back_to_us(
    login: Any, ann: User, stella: User, question: Question
) -> None:
    make_answer(question, stella, waiting_on="asker")
    login(ann).post(url(question), {"text": "I found a date on it."})
    question.refresh_from_db()
    assert question.awaits_staff


@pytest.mark.parametrize("text", ["", "  ", "a\0b", "x" * 20_001])
def test_a_wrong_text_comes_back(login: Any, stella: User, question: Question, text: str) -> None:
    response = login(stella).post(url(question), {"text": text, "waiting_on": "asker"})
    assert response.status_code == 422
    assert 'value="asker" ' in response.content.decode()
    assert " checked" in response.content.decode()


def test_the_preview_keeps_text_and_choice(login: Any, stella: User, question: Question) -> None:
    typed = {"text": "About **two** years.", "waiting_on": "us", "preview": "1"}
    page = login(stella).post(url(question), typed).content.decode()
    assert "<strong>two</strong>" in page
    assert " checked" in page
    assert not Answer.objects.exists()


def test_a_question_closed_meanwhile_gives_the_text_back(
    login: Any, ben: User, stella: User, question: Question
) -> None:
    close_question(question=question, by=stella, reason="Settled by phone.")
    response = login(ben).post(url(question), {"text": "A long answer, typed for an hour."})
    assert response.status_code == 403
    page = response.content.decode()
    assert "This question takes no more answers." in page
    assert "A long answer, typed for an hour." in page
    assert not Answer.objects.exists()
    assert login(ben).get(url(question)).status_code == 403


def test_a_held_question_can_not_be_answered_by_others(login: Any, ben: User, question: Question) -> None:
    question.hold("Links.", timezone.now())
    question.save()
    assert login(ben).get(url(question)).status_code == 404


def test_a_visitor_signs_in_first(client: Client, question: Question) -> None:
    assert client.get(url(question))["Location"] == f"/account/login/?next={url(question)}"


def test_a_doubtful_answer_is_held_and_nobody_hears_of_it(login: Any, ben: User, question: Question) -> None:
    links = " ".join(f"https://example.org/{number}" for number in range(9))
    response = login(ben).post(url(question), {"text": links}, follow=True)
    assert "We look at your answer before it is published." in response.content.decode()
    assert not OutgoingMail.objects.exists()


def test_a_double_click_answers_once(login: Any, ben: User, question: Question) -> None:
    client = login(ben)
    for _click in range(2):
        assert client.post(url(question), {"text": "Mine lasted a year."}).status_code == 302
    assert Answer.objects.count() == 1
