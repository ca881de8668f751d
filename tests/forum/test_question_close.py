"""Staff close a question for a reason that everybody can read, and open it again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.mail import deliver_due
from accounts.models import OutgoingMail, User
from forum.models import Question, Subscription
from tests.factories import make_question


@pytest.fixture
def question(ann: User) -> Question:
    return make_question(ann)


def url(question: Question) -> str:
    return f"/q/{question.public_id}/-/close/"


def test_stella_closes_with_a_public_reason(login: Any, client: Client, stella: User, question: Question) -> None:
    response = login(stella).post(url(question), {"reason": "Settled by phone."}, follow=True)
    assert "your reason stands under it" in response.content.decode()
    page = client.get(question.get_absolute_url()).content.decode()
    assert "Settled by phone." in page
    assert "Closed by Stella Stern" in page


def test_ann_gets_a_letter_with_the_reason(login: Any, ann: User, stella: User, question: Question) -> None:
    login(stella).post(url(question), {"reason": "Settled by phone."})
    assert [(m.kind, m.recipient) for m in OutgoingMail.objects.all()] == [("question_closed", ann)]
    deliver_due()
    assert "Stella Stern has closed your question" in mail.outbox[0].body
    assert "Settled by phone." in mail.outbox[0].body


def test_no_letter_when_it_was_opened_again_at_once(login: Any, stella: User, question: Question) -> None:
    login(stella).post(url(question), {"reason": "A slip."})
    login(stella).post(f"/q/{question.public_id}/-/reopen/")
    deliver_due()
    assert mail.outbox == []


def test_without_a_reason_it_stays_open(login: Any, stella: User, question: Question) -> None:
    response = login(stella).post(url(question), {"reason": " ", "duplicate_of": "typed"})
    assert response.status_code == 422
    assert 'value="typed"' in response.content.decode()
    question.refresh_from_db()
    assert not question.is_closed


def test_asked_before_takes_the_followers_along(login: Any, ben: User, ann: User, stella: User) -> None:
    original, question = make_question(ben, "The first time"), make_question(ann)
    address = f"https://example.org{original.get_absolute_url()}#answers"
    login(stella).post(url(question), {"reason": "Asked before.", "duplicate_of": address})
    question.refresh_from_db()
    assert question.duplicate_of == original
    assert Subscription.objects.filter(question=original, user=ann).exists()


@pytest.mark.parametrize("typed", ["nonsense", "0000000000", "/q/0000000000/", "\0", "x" * 5000])
def test_a_question_that_is_not_there_is_refused(login: Any, stella: User, question: Question, typed: str) -> None:
    response = login(stella).post(url(question), {"reason": "Asked before.", "duplicate_of": typed})
    assert response.status_code == 422
    question.refresh_from_db()
    assert not question.is_closed


def test_a_circle_is_refused(login: Any, ann: User, stella: User, question: Question) -> None:
    second = make_question(ann, "The second", duplicate_of=question)
    third = make_question(ann, "The third", duplicate_of=second)
    for other in (question, second, third):
        typed = {"reason": "Asked before.", "duplicate_of": other.public_id}
        response = login(stella).post(url(question), typed)
        assert response.status_code == 422
        assert "leads back to the same question" in response.content.decode()


def test_stella_opens_it_again(login: Any, stella: User, question: Question) -> None:
    login(stella).post(url(question), {"reason": "Settled by phone."})
    response = login(stella).post(f"/q/{question.public_id}/-/reopen/", follow=True)
    assert "The question is open again." in response.content.decode()
    question.refresh_from_db()
    assert (question.closed_at, question.closed_reason) == (None, "")


def test_a_reopened_question_has_a_new_promise(login: Any, stella: User, ann: User) -> None:
    long_ago = timezone.now() - timedelta(days=60)
    question = make_question(ann, promised_at=long_ago)
    login(stella).post(url(question), {"reason": "Settled by phone."})
    login(stella).post(f"/q/{question.public_id}/-/reopen/")
    question.refresh_from_db()
    assert question.awaits_staff
    assert not question.is_overdue


@pytest.mark.parametrize("verb", ["close", "reopen", "wait"])
def test_only_the_team_steers(login: Any, client: Client, ann: User, question: Question, verb: str) -> None:
    address = f"/q/{question.public_id}/-/{verb}/"
    assert login(ann).post(address, {"reason": "Mine.", "waiting_on": "us"}).status_code == 403
    assert client.post(address).status_code == 401


def test_a_second_click_closes_nothing_again_and_tells_nobody(login: Any, stella: User, question: Question) -> None:
    for _click in range(2):
        login(stella).post(url(question), {"reason": "Settled by phone."})
    assert OutgoingMail.objects.filter(kind="question_closed").count() == 1


def test_opening_what_is_open_does_not_put_its_promise_off(login: Any, stella: User, question: Question) -> None:
    overdue = timezone.now() - timedelta(days=1)
    Question.objects.filter(pk=question.pk).update(promised_at=overdue)
    login(stella).post(f"/q/{question.public_id}/-/reopen/")
    question.refresh_from_db()
    assert question.promised_at == overdue
