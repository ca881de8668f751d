"""Two questions become one page, and two again."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from forum.actions.answers import answer_question, comment_on
from forum.actions.going_public import offer, publish
from forum.actions.merging import merge, unmerge
from forum.actions.questions import set_metoo
from forum.actions.revisions import PostRemoved
from forum.models import Acceptance, Conversation, Door, PublicWords, Question, Subscription
from forum.repeats import CanNotJoin
from tests.factories import (
    make_accepted,
    make_answer,
    make_comment,
    make_conversation,
    make_faq_from,
    make_note,
    make_question,
    make_topic,
)
from tests.races import together


@pytest.fixture
def original(ben: User) -> Question:
    return make_question(ben, "How long does soap keep?")


@pytest.fixture
def question(ann: User) -> Question:
    return make_question(ann, "Does soap go bad?")


def url(question: Question, verb: str) -> str:
    return f"/q/{question.public_id}/-/{verb}/"


def placed(question: Question) -> dict[str, list[int]]:
    rows = ("answers", "comments", "metoos", "subscriptions", "faq_sources")
    return {name: sorted(getattr(question, name).values_list("pk", flat=True)) for name in rows}


def test_moritz_merges_and_takes_apart(
    login: Any, client: Client, ann: User, ben: User, stella: User, moritz: User, question: Question, original: Question
) -> None:
    own, settled = make_answer(original, stella, "Two years."), make_accepted(question, stella, by=ann)
    remark, below = make_comment(question, ben, "I wonder too."), make_comment(settled, ann, "Thank you.")
    for user in (ben, moritz):
        set_metoo(question=question, user=user, on=True)
    set_metoo(question=original, user=moritz, on=True)
    make_faq_from(settled, stella)
    make_note(question, stella)
    before = placed(question), placed(original)
    said = {"address": original.get_absolute_url(), "reason": "One matter.", "kind": "merge"}
    response = login(moritz).post(url(question, "duplicate"), said)
    assert response["Location"] == original.get_absolute_url()

    old = client.get(question.get_absolute_url())
    assert (old.status_code, original.public_id in old["Location"]) == (301, True)
    assert client.get(f"/a/{settled.public_id}/")["Location"] == f"/q/{original.public_id}/#a-{settled.public_id}"
    page = client.get(original.get_absolute_url()).content.decode()
    for said_by in (own.text, settled.text, remark.text, below.text, question.title, question.text):
        assert said_by in page
    question.refresh_from_db()
    original.refresh_from_db()
    assert (original.answer_count, original.accepted_count, question.answer_count) == (2, 0, 0)
    assert original.metoo_count == 2, "Ann and Moritz; Ben asked it"
    assert not Acceptance.objects.current().exists(), "Ann's yes was about her own question"
    assert Subscription.objects.filter(question=original, user=ann).count() == 1
    assert login(stella).get(url(question, "separate")).status_code == 403

    since = make_answer(original, ben, "Written since.")
    response = login(moritz).post(url(question, "separate"), {"reason": "Two matters."}, follow=True)
    assert "stands for itself again" in response.content.decode()
    since.refresh_from_db()
    assert since.question == original
    assert Acceptance.objects.current().get().answer == settled
    question.refresh_from_db()
    original.refresh_from_db()
    assert (question.merged_into, question.answer_count, question.accepted_count) == (None, 1, 1)
    after = placed(question), placed(original)
    assert after[0] == before[0]
    assert after[1]["answers"] == [own.pk, since.pk]
    assert after[1]["metoos"] == before[1]["metoos"]
    assert login(moritz).post(url(question, "separate"), {"reason": "Twice."}).status_code == 409


def test_only_moderators_merge(login: Any, stella: User, ben: User, question: Question, original: Question) -> None:
    said = {"address": original.public_id, "reason": "One matter.", "kind": "merge"}
    login(stella).post(url(question, "duplicate"), said)
    question.refresh_from_db()
    assert (question.merged_into, question.duplicate_of) == (None, original), "without the right it is a mark"
    assert login(ben).get(url(question, "separate")).status_code == 403


def test_an_open_door_keeps_it_apart(login: Any, ann: User, moritz: User, stella: User, original: Question) -> None:
    topic = make_topic("Both", "both", channel="both", staff=[stella])
    question = make_question(ann, "Where is my soap?", topic=topic)
    room = make_conversation(ann, topic)
    Door.objects.create(question=question, conversation=room, agreed_at=timezone.now(), reason="health")
    said = {"address": original.public_id, "reason": "One matter.", "kind": "merge"}
    response = login(moritz).post(url(question, "duplicate"), said)
    assert response.status_code == 422
    assert "settled in private" in response.content.decode()
    Conversation.objects.filter(pk=room.pk).update(closed_at=timezone.now())
    assert login(moritz).post(url(question, "duplicate"), said).status_code == 302
    assert "has settled this privately" in login(stella).get(original.get_absolute_url()).content.decode()


def test_what_a_customer_let_out_of_private_is_not_merged(
    ann: User, stella: User, moritz: User, original: Question
) -> None:
    """Taking it back would leave its answers on the other page."""
    room = make_conversation(ann, make_topic("Both", "both", channel="both", staff=[stella]))
    words = PublicWords("Does it help dry hands?", "They are dry.", "Yes, with oat.")
    draft = offer(conversation=room, by=stella, kind="question", language="en", words=words, version=0)
    published = publish(draft=draft, words=words, version=1, under="customer").question
    assert published
    for one, other in ((published, original), (original, published)):
        with pytest.raises(CanNotJoin):
            merge(question=one, original=other, by=moritz, reason="Same.")


def test_a_chain_of_merges_comes_apart_in_any_order(ann: User, ben: User, moritz: User, question: Question) -> None:
    between, last = make_question(ben, "Is old soap bad?"), make_question(ben, "Does soap expire?")
    answer, later = make_answer(question, ben), make_answer(between, ann)
    merge(question=question, original=between, by=moritz, reason="Same.")
    merge(question=between, original=last, by=moritz, reason="Same.")
    question.refresh_from_db()
    assert question.merged_into == last
    unmerge(question=question, by=moritz, reason="Not the same.")
    answer.refresh_from_db()
    later.refresh_from_db()
    assert (answer.question, later.question) == (question, last)
    unmerge(question=between, by=moritz, reason="Not the same.")
    answer.refresh_from_db()
    later.refresh_from_db()
    assert (answer.question, later.question) == (question, between)


def test_what_is_sent_too_late_is_handed_back(
    login: Any, ann: User, ben: User, moritz: User, question: Question, original: Question
) -> None:
    open_page = Question.objects.get(pk=question.pk)
    merge(question=question, original=original, by=moritz, reason="Same.")
    for late in (lambda: answer_question(question=open_page, author=ben, text="Late."),
                 lambda: comment_on(target=open_page, author=ben, text="Late.")):  # fmt: skip
        with pytest.raises(PostRemoved):
            late()
    response = login(ben).post(url(question, "answer"), {"text": "Words typed with care."})
    assert response.status_code == 403
    assert "Words typed with care." in response.content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_who_merge_in_a_circle_at_once(ann: User, ben: User, moritz: User, olga: User) -> None:
    """Each holds both questions in the same order, so one of them comes second and is told."""
    one, two = make_question(ann, "Does soap go bad?"), make_question(ben, "Does soap keep?")
    a, b = Question.objects.get(pk=one.pk), Question.objects.get(pk=two.pk)
    done = together(
        lambda: merge(question=one, original=two, by=moritz, reason="Same."),
        lambda: merge(question=b, original=a, by=olga, reason="Same."),
        refusals=(CanNotJoin,),
    )
    assert done == ["CanNotJoin", "done"]
