"""A question was asked before: staff say so, five customers say so, and it can be taken back."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.erasure import erase_account
from accounts.mail import deliver_due
from accounts.models import User
from forum.actions.duplicates import VOTES, vote_for_duplicate
from forum.actions.questions import set_metoo
from forum.models import DuplicateVote, Question, Repetition, Subscription
from forum.repeats import CanNotJoin
from tests.factories import make_answer, make_question, make_topic


@pytest.fixture
def original(ben: User) -> Question:
    return make_question(ben, "How long does soap keep?")


@pytest.fixture
def question(ann: User) -> Question:
    return make_question(ann, "Does soap go bad?")


def url(question: Question, verb: str = "duplicate") -> str:
    return f"/q/{question.public_id}/-/{verb}/"


def customers(number: int) -> list[User]:
    people = [User.objects.create_user(f"voter{n}", f"voter{n}@example.org") for n in range(number)]
    for user in people:
        user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    return people


def test_stella_marks_it_and_both_pages_lead_to_each_other(
    login: Any, client: Client, ann: User, ben: User, stella: User, question: Question, original: Question
) -> None:
    answer = make_answer(question, ben)
    chosen = {"among": original.public_id, "reason": "The same matter.", "kind": "mark"}
    response = login(stella).post(url(question), chosen, follow=True)
    assert "Marked as asked before." in response.content.decode()
    page = client.get(question.get_absolute_url()).content.decode()
    for said in (original.get_absolute_url(), answer.text, "The same matter."):
        assert said in page
    other = client.get(original.get_absolute_url()).content.decode()
    assert question.get_absolute_url() in other
    original.refresh_from_db()
    assert original.metoo_count == 1, "Ann has it too"
    assert Subscription.objects.filter(question=original, user=ann).exists()
    deliver_due()
    letter = next(letter for letter in mail.outbox if letter.to == [ann.email] and "asked before" in letter.subject)
    assert original.title in letter.body
    assert "Stella Stern: The same matter." in letter.body
    # The same form, sent again, says nothing new.
    login(stella).post(url(question), chosen)
    deliver_due()
    assert Repetition.objects.count() == 1
    response = login(stella).post(url(question, "separate"), {"reason": "It is about another soap."}, follow=True)
    assert "stands for itself again" in response.content.decode()
    question.refresh_from_db()
    original.refresh_from_db()
    assert (question.duplicate_of, question.is_closed, original.metoo_count) == (None, False, 0)
    log = login(stella).get(url(question, "separate")).content.decode()
    for said in ("The same matter.", "It is about another soap.", "Stella Stern"):
        assert said in log


def test_five_customers_make_it_so(
    login: Any, client: Client, ann: User, stella: User, question: Question, original: Question
) -> None:
    people = [ann, *customers(VOTES - 1)]
    assert login(ann).get(url(question)).status_code == 200
    for user in people[:-1]:
        login(user).post(url(question), {"address": original.get_absolute_url()})
        login(user).post(url(question), {"address": original.public_id})
    question.refresh_from_db()
    assert question.duplicate_of_id is None
    assert "4 votes" in login(stella).get(url(question)).content.decode()
    login(ann).post(url(question), {"withdraw": "1"})
    login(people[-1]).post(url(question), {"address": original.public_id})
    question.refresh_from_db()
    assert question.duplicate_of_id is None, "Ann took hers back"
    login(ann).post(url(question), {"address": original.public_id})
    marked = Question.objects.get(pk=question.pk)
    assert marked.duplicate_of == original
    assert not marked.is_closed
    assert Repetition.objects.get().by_votes
    assert login(people[0]).get(url(question)).status_code == 403, "it is decided"


def test_who_has_not_confirmed_an_address_does_not_count(login: Any, ben: User, question: Question) -> None:
    ben.emailaddress_set.update(verified=False)
    assert login(ben).get(url(question)).status_code == 403
    assert not DuplicateVote.objects.exists()


def test_what_can_not_be_joined_is_refused(
    login: Any, ann: User, ben: User, stella: User, question: Question, original: Question
) -> None:
    quiet = make_topic("Quiet", "quiet-soap", channel="private", discreet=True)
    refused = [
        question,
        make_question(ben, "Hidden one", hidden_at=timezone.now()),
        make_question(ben, "Held one", held_at=timezone.now()),
        make_question(ben, "Closed one", closed_at=timezone.now()),
        make_question(ben, "Discreet one", topic=quiet),
        make_question(ben, "It leads back", duplicate_of=question),
        make_question(ben, "It leads to what is hidden", duplicate_of=make_question(ben, hidden_at=timezone.now())),
    ]
    for other in refused:
        response = login(stella).post(url(question), {"address": other.public_id, "reason": "Same.", "kind": "mark"})
        assert response.status_code == 422, other.title
        if other.hidden_at:
            assert other.title not in response.content.decode()
    for typed in ("", "nonsense", "0000000000", "\0", "x" * 5000):
        response = login(stella).post(url(question), {"address": typed, "reason": "Same.", "kind": "mark"})
        assert response.status_code == 422
    question.refresh_from_db()
    assert (question.duplicate_of, question.is_closed) == (None, False)


def test_a_chain_leads_to_its_end_at_once(
    login: Any, ann: User, stella: User, question: Question, original: Question
) -> None:
    between = make_question(ann, "Is old soap bad?")
    said = {"reason": "Same.", "kind": "mark"}
    login(stella).post(url(question), {"address": between.public_id, **said})
    login(stella).post(url(between), {"address": original.public_id, **said})
    third = make_question(ann, "Can I use old soap?")
    login(stella).post(url(third), {"address": question.public_id, **said})
    assert set(Question.objects.filter(duplicate_of=original)) == {question, between, third}
    original.refresh_from_db()
    assert original.metoo_count == 1, "one person, however often she asks"
    login(stella).post(url(between, "separate"), {"reason": "A slip."})
    question.refresh_from_db()
    assert question.duplicate_of == between, "back to where it led before"


def test_a_hidden_original_is_named_to_nobody(
    client: Client, login: Any, ben: User, ann: User, question: Question, original: Question
) -> None:
    Question.objects.filter(pk=question.pk).update(duplicate_of=original)
    Question.objects.filter(pk=original.pk).update(hidden_at=timezone.now())
    for reader in (client, login(ann)):
        assert original.title not in reader.get(question.get_absolute_url()).content.decode()


def test_demand_follows_votes_and_goes_with_who_gave_it(ben: User, question: Question, original: Question) -> None:
    third = customers(1)[0]
    Question.objects.filter(pk=question.pk).update(duplicate_of=original)
    question.refresh_from_db()
    set_metoo(question=question, user=third, on=True)
    original.refresh_from_db()
    assert original.metoo_count == 2
    set_metoo(question=question, user=third, on=False)
    original.refresh_from_db()
    assert original.metoo_count == 1


def test_erasure_takes_votes_along(ann: User, question: Question, original: Question) -> None:
    third = customers(1)[0]
    vote_for_duplicate(question=question, original=original, by=third)
    erase_account(user=third, keep_posts=False)
    assert not DuplicateVote.objects.exists()


def test_a_vote_for_a_circle_is_refused_by_the_action_too(question: Question, ben: User) -> None:
    with pytest.raises(CanNotJoin):
        vote_for_duplicate(question=question, original=question, by=ben)
