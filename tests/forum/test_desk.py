"""The Desk shows all that waits for us, oldest promise first, to staff alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from forum.actions.questions import close_question, steer
from forum.actions.visibility import hide_post
from forum.models import Question
from forum.paging import PAGE_SIZE
from tests.factories import make_accepted, make_answer, make_comment, make_conversation, make_question, make_topic

Login = Callable[[User], Client]


def titles(page: Any) -> list[str]:
    return [question.title for question in page.context["page"].rows]


def due_in(hours: int) -> dict[str, Any]:
    return {"promised_at": timezone.now() + timedelta(hours=hours)}


def test_visitors_are_asked_to_sign_in(client: Client, company: object) -> None:
    response = client.get("/desk/")
    assert response.status_code == 302
    assert response["Location"] == "/account/login/?next=/desk/"


def test_for_customers_there_is_no_desk(login: Login, ann: User) -> None:
    assert login(ann).get("/desk/").status_code == 404


def test_the_oldest_promise_stands_first(login: Login, ann: User, stella: User) -> None:
    for title, hours in (("Due tomorrow", 24), ("Long overdue", -30), ("Due today", 3)):
        make_question(ann, title, **due_in(hours))
    make_question(ann, "Without a promise", promised_at=None)
    page = login(stella).get("/desk/")
    assert titles(page) == ["Long overdue", "Due today", "Due tomorrow", "Without a promise"]


def test_an_overdue_question_says_so_in_a_word(login: Login, ann: User, stella: User) -> None:
    make_question(ann, **due_in(1))
    assert "Overdue" not in login(stella).get("/desk/").text
    make_question(ann, "The other one", **due_in(-1))
    page = login(stella).get("/desk/").text
    assert page.count("Overdue since") == 1
    assert "1 overdue" in page


def test_what_staff_answered_leaves_the_desk_and_what_others_answered_stays(
    login: Login, ann: User, ben: User, stella: User
) -> None:
    make_answer(make_question(ann, "Answered by us"), stella)
    make_answer(make_question(ann, "Answered by Ben"), ben)
    assert titles(login(stella).get("/desk/")) == ["Answered by Ben"]


def test_when_the_asker_writes_again_the_question_comes_back_and_says_so(login: Login, ann: User, stella: User) -> None:
    question = make_question(ann, "Still burning")
    make_answer(question, stella, waiting_on="asker")
    assert titles(login(stella).get("/desk/?waiting=asker")) == ["Still burning"]
    make_comment(question, ann, "It is not better.")
    page = login(stella).get("/desk/")
    assert titles(page) == ["Still burning"]
    assert "The asker wrote again" in page.text
    assert titles(login(stella).get("/desk/?waiting=asker")) == []


def test_hidden_held_and_closed_questions_are_not_on_the_desk(
    login: Login, ann: User, stella: User, moritz: User
) -> None:
    hide_post(post=make_question(ann, "Hidden one"), by=moritz, rule="insult", reason="No.")
    make_question(ann, "Held one", held_at=timezone.now())
    close_question(question=make_question(ann, "Closed one"), by=stella, reason="Asked by mail too.")
    assert titles(login(stella).get("/desk/")) == []


def test_a_question_comes_back_when_its_only_answer_is_hidden(
    login: Login, ann: User, stella: User, moritz: User
) -> None:
    question = make_question(ann, "Left without an answer")
    answer = make_answer(question, stella)
    hide_post(post=answer, by=moritz, rule="personal-data", reason="An address stood in it.")
    assert titles(login(stella).get("/desk/")) == ["Left without an answer"]


def test_a_question_comes_back_when_what_settled_it_is_hidden(
    login: Login, ann: User, ben: User, stella: User, moritz: User
) -> None:
    question = make_question(ann, "Settled by Ben")
    make_answer(question, stella, "I have to ask.", waiting_on="us")
    hide_post(post=make_accepted(question, ben, by=ann), by=moritz, rule="insult", reason="It calls somebody names.")
    assert titles(login(stella).get("/desk/")) == ["Settled by Ben"]


def test_a_reply_that_crosses_our_answer_is_not_lost(login: Login, ann: User, stella: User) -> None:
    question = make_question(ann, "Crossed in the post")
    seen_by_ann = Question.objects.get(pk=question.pk)
    make_answer(question, stella)
    make_comment(seen_by_ann, ann, "One more thing.")
    assert titles(login(stella).get("/desk/")) == ["Crossed in the post"]


def test_staff_see_their_own_topics_or_all(login: Login, ann: User, stella: User) -> None:
    make_question(ann, "About soap", topic=make_topic(staff=[stella]))
    make_question(ann, "About parcels", topic=make_topic("Parcels", "parcels"))
    desk = login(stella)
    assert sorted(titles(desk.get("/desk/"))) == ["About parcels", "About soap"]
    assert titles(desk.get("/desk/?mine=1")) == ["About soap"]
    assert titles(desk.get("/desk/?topic=parcels")) == ["About parcels"]


def test_an_unknown_topic_hides_nothing(login: Login, ann: User, stella: User) -> None:
    make_question(ann)
    assert len(titles(login(stella).get("/desk/?topic=nonsense&waiting=%00&after=x-y"))) == 1


def test_the_counts_are_those_of_the_lists(login: Login, ann: User, stella: User) -> None:
    soap, parcels = make_topic(staff=[stella]), make_topic("Parcels", "parcels")
    make_question(ann, topic=soap, **due_in(-2))
    make_question(ann, topic=parcels)
    steer(question=make_question(ann, topic=parcels), waiting_on="asker")
    desk = login(stella).get("/desk/").context["desk"]
    assert [(tab.topic and tab.topic.slug, tab.mine, tab.count) for tab in desk.tabs] == [
        (None, None, 2), (None, "1", 1), ("parcels", None, 1), ("soap", None, 1),
    ]  # fmt: skip
    assert (desk.load.us, desk.load.overdue, desk.load.again, desk.load.asker) == (2, 1, 0, 1)


def test_a_long_queue_says_how_many_more_and_shows_every_one(
    login: Login, ann: User, stella: User, django_assert_max_num_queries: Any
) -> None:
    same_moment = timezone.now()
    for number in range(PAGE_SIZE * 2 + 3):
        make_question(ann, f"Question {number}", promised_at=same_moment if number % 3 else None)
    desk, address, seen = login(stella), "/desk/", []
    with django_assert_max_num_queries(8):
        page = desk.get(address)
    assert f"{PAGE_SIZE + 3} more" in page.text
    while page.context["page"].next_cursor:
        seen += titles(page)
        page = desk.get(f"/desk/?after={page.context['page'].next_cursor}")
    assert len(set(seen + titles(page))) == len(seen + titles(page)) == PAGE_SIZE * 2 + 3


def test_answering_on_one_page_steps_over_nobody_on_the_next(login: Login, ann: User, stella: User) -> None:
    questions = [make_question(ann, f"Question {number}", **due_in(number)) for number in range(PAGE_SIZE + 5)]
    first = login(stella).get("/desk/")
    for question in questions[:5]:
        make_answer(question, stella)
    rest = login(stella).get(f"/desk/?after={first.context['page'].next_cursor}")
    assert titles(rest) == [f"Question {number}" for number in range(PAGE_SIZE, PAGE_SIZE + 5)]


def test_only_who_serves_the_topic_sees_how_many_private_ones_wait(
    login: Login, ann: User, stella: User, moritz: User, olga: User
) -> None:
    make_conversation(ann, make_topic("Private", "private", channel="private", staff=[stella]))
    assert "Private, waiting for us" in login(stella).get("/desk/").text
    for other in (moritz, olga):
        page = login(other).get("/desk/")
        assert page.context["private_count"] == 0
        assert "Private, waiting for us" not in page.text


@pytest.mark.parametrize("address", ["/desk/", "/desk/?waiting=asker", "/desk/?mine=1", "/desk/?after=none-1"])
def test_an_empty_desk_says_something_friendly(login: Login, stella: User, address: str) -> None:
    page = login(stella).get(address)
    assert page.status_code == 200
    assert 'class="empty"' in page.text


def test_the_desk_costs_the_same_however_much_waits(
    login: Login, ann: User, stella: User, django_assert_max_num_queries: Any
) -> None:
    for number in range(PAGE_SIZE + 5):
        make_question(ann, topic=make_topic(f"Topic {number}", f"topic-{number}", staff=[stella]))
    desk = login(stella)
    with django_assert_max_num_queries(8):
        desk.get("/desk/")
