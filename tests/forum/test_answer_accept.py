"""Ann says that an answer settles it; staff may too; it can be taken back."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import OutgoingMail, User
from forum.actions.answers import accept_answer, undo_acceptance
from forum.actions.visibility import hide_post
from forum.models import Acceptance, Answer
from tests.factories import make_answer, make_question


@pytest.fixture
def answer(ann: User, ben: User) -> Answer:
    return make_answer(make_question(ann), ben)


def accept(client: Client, answer: Answer, verb: str = "accept") -> Any:
    return client.post(f"/a/{answer.public_id}/{verb}/", follow=True)


def test_ann_accepts_and_ben_hears_of_it(login: Any, ann: User, ben: User, answer: Answer) -> None:
    OutgoingMail.objects.all().delete()
    page = accept(login(ann), answer).content.decode()
    assert "directly under the question" in page
    assert "chosen by ann" in page
    assert [(m.kind, m.recipient) for m in OutgoingMail.objects.all()] == [("answer_accepted", ben)]


def test_stella_accepts_for_the_team(login: Any, stella: User, answer: Answer) -> None:
    assert "chosen by Stella Stern of our team" in accept(login(stella), answer).content.decode()


def test_several_can_be_accepted(login: Any, ann: User, stella: User, answer: Answer) -> None:
    accept(login(ann), answer)
    accept(login(ann), make_answer(answer.question, stella))
    assert Acceptance.objects.current().count() == 2


def test_two_clicks_accept_once(login: Any, ann: User, answer: Answer) -> None:
    accept(login(ann), answer)
    accept(login(ann), answer)
    assert Acceptance.objects.count() == 1


def test_ann_takes_it_back(login: Any, ann: User, answer: Answer) -> None:
    accept(login(ann), answer)
    page = accept(login(ann), answer, "unaccept").content.decode()
    assert "not accepted any more" in page
    assert not Acceptance.objects.current().exists()
    answer.question.refresh_from_db()
    assert answer.question.waiting_on == "us"


def test_what_ann_takes_back_waits_for_us_again(ann: User, stella: User) -> None:
    answer = make_answer(make_question(ann), stella, "I shall ask in the workshop.", waiting_on="us")
    accept_answer(answer=answer, by=ann)
    undo_acceptance(answer=answer, by=ann)
    assert answer.question.awaits_staff


def test_an_answer_hidden_in_the_same_moment_settles_nothing(ann: User, moritz: User, answer: Answer) -> None:
    hide_post(post=Answer.objects.get(pk=answer.pk), by=moritz, rule="insult", reason="It calls somebody names.")
    accept_answer(answer=answer, by=ann)
    assert not Acceptance.objects.exists()


@pytest.mark.parametrize("verb", ["accept", "unaccept"])
def test_ben_does_not_say_what_settles_anns_question(login: Any, ben: User, answer: Answer, verb: str) -> None:
    assert accept(login(ben), answer, verb).status_code == 403


def test_a_hidden_answer_settles_nothing(login: Any, ann: User, moritz: User, answer: Answer) -> None:
    answer.hide(by=moritz, rule="insult", reason="x", at=timezone.now())
    assert accept(login(ann), answer).status_code == 404
    assert accept(login(moritz), answer).status_code == 403


@pytest.mark.parametrize("verb", ["accept", "unaccept"])
def test_a_link_accepts_nothing(login: Any, ann: User, answer: Answer, verb: str) -> None:
    assert login(ann).get(f"/a/{answer.public_id}/{verb}/").status_code == 405
    assert not Acceptance.objects.exists()


def test_a_visitor_is_asked_to_sign_in(client: Client, answer: Answer) -> None:
    assert accept(client, answer).status_code == 401
