"""What should become an entry, by what can be counted, with the reason beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from forum.actions.faq import promote_to_faq
from forum.actions.questions import close_question, set_metoo
from forum.models import FaqDismissal, Question, Reading
from tests.factories import make_answer, make_conversation, make_question, make_receipt, make_topic

Login = Callable[[User], Client]
PLACE = "/desk/faq/proposals/"


def people(number: int, since: int = 0) -> list[User]:
    return [
        User.objects.create_user(f"person{one}", f"person{one}@example.org") for one in range(since, since + number)
    ]


def wanted(question: Question, number: int, since: int = 0) -> None:
    for person in people(number, since):
        set_metoo(question=question, user=person, on=True)


def subjects(page: Any) -> list[str]:
    return [proposal.subject for proposal in page.context["proposals"]]


@pytest.fixture
def question(ann: User) -> Question:
    return make_question(ann, "Is it vegan?")


def test_each_says_why_and_the_most_wanted_stands_first(
    login: Login, ann: User, ben: User, stella: User, question: Question
) -> None:
    wanted(question, 3)
    again = make_question(ben, "Does it float?")
    answer = make_answer(again, stella)
    for _ in range(4):
        close_question(question=make_question(ann), by=stella, reason="Asked before.", duplicate_of=again)
    wanted(make_question(ben, "Is it blue?"), 2, since=10)
    page = login(stella).get(PLACE)
    assert subjects(page) == [f"question:{again.public_id}", f"question:{question.public_id}"]
    assert "was asked again 4 times" in page.text
    assert "3 people have this question too" in page.text
    assert "has no answer of ours yet" in page.text
    assert f"/a/{answer.public_id}/promote/" in page.text
    promote_to_faq(answer=answer, by=stella)
    assert subjects(login(stella).get(PLACE)) == [f"question:{question.public_id}"], "it is on its way"


def test_what_was_looked_for_in_vain_is_proposed_in_its_words(client: Client, login: Login, stella: User) -> None:
    for times, words in ((3, "vegan+beeswax"), (2, "palm+oil")):
        for _ in range(times):
            client.get(f"/search/?q={words}")
    page = login(stella).get(PLACE)
    assert subjects(page) == ["search:vegan beeswax"]
    assert "was looked for in vain 3 times" in page.text
    login(stella).post(f"{PLACE}dismiss/", {"subject": "search:vegan beeswax"})
    assert subjects(login(stella).get(PLACE)) == []


def test_several_reasons_for_one_question_are_added_up(
    login: Login, ann: User, stella: User, question: Question
) -> None:
    wanted(question, 3)
    for _ in range(2):
        close_question(question=make_question(ann), by=stella, reason="Asked before.", duplicate_of=question)
    (proposal,) = login(stella).get(PLACE).context["proposals"]
    assert (proposal.demand, len(proposal.why)) == (5, 2)


def test_of_what_is_private_only_a_number_is_told_and_only_from_three_people_on(
    login: Login, stella: User, moritz: User
) -> None:
    topic = make_topic("Skin", "skin", channel="private", discreet=True, staff=[stella])
    first, second = people(2)
    for _ in range(3):
        make_conversation(first, topic, "My secret rash")
    make_conversation(second, topic)
    assert subjects(login(moritz).get(PLACE)) == [], "three rooms of one person are one person"
    make_receipt(topic)
    page = login(moritz).get(PLACE)
    assert subjects(page) == [f"topic:{topic.pk}"]
    assert "3 people asked about this topic in private" in page.text
    assert "rash" not in page.text
    assert "?topic=skin" in page.text


def test_what_is_dismissed_comes_back_when_twice_as_many_ask(login: Login, stella: User, question: Question) -> None:
    wanted(question, 3)
    desk = login(stella)
    desk.post(f"{PLACE}dismiss/", {"subject": f"question:{question.public_id}"})
    assert FaqDismissal.objects.get().demand == 3
    assert subjects(desk.get(PLACE)) == []
    wanted(question, 2, since=10)
    assert subjects(desk.get(PLACE)) == []
    wanted(question, 1, since=20)
    assert subjects(desk.get(PLACE)) == [f"question:{question.public_id}"]
    desk.post(f"{PLACE}dismiss/", {"subject": "question:none"})
    assert FaqDismissal.objects.count() == 1, "only what is proposed"


def test_what_is_not_public_is_not_proposed(login: Login, stella: User, moritz: User, question: Question) -> None:
    wanted(question, 3)
    question.hide(by=moritz, rule="off-topic", reason="No.", at=question.created_at)
    assert subjects(login(stella).get(PLACE)) == []


def test_the_page_costs_the_same_however_many_there_are(
    login: Login, ann: User, stella: User, django_assert_max_num_queries: Any
) -> None:
    for number in range(5):
        question = make_question(ann, f"Question number {number}")
        wanted(question, 3, since=10 * number)
        Reading.objects.create(question=question, day=timezone.localdate(), count=100)
    topic = make_topic("Skin", "skin", channel="private", staff=[stella])
    for person in people(3, since=90):
        make_conversation(person, topic)
    desk = login(stella)
    with django_assert_max_num_queries(8):
        assert len(subjects(desk.get(PLACE))) == 6
