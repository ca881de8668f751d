"""The private conversations that a member of the staff serves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from forum.actions.conversations import close_conversation, send_message
from forum.actions.going_public import offer
from forum.models import AccessLog, Conversation, PublicWords, Topic
from forum.paging import PAGE_SIZE
from tests.factories import make_conversation, make_topic

Login = Callable[[User], Client]


@pytest.fixture
def topic(stella: User) -> Topic:
    return make_topic("Orders", "orders", channel="both", staff=[stella])


def test_a_list_tells_whose_it_is_and_not_what_it_is_about(login: Login, ann: User, stella: User, topic: Topic) -> None:
    """What staff read of a conversation is in its access log; a list is in none."""
    room = make_conversation(ann, topic, "A rash on my back")
    words = PublicWords("Does oat help?", "", "Yes.")
    offer(conversation=room, by=stella, kind="faq", language="en", words=words, version=0)
    desk = login(stella)
    for address in ("/desk/private/", "/desk/doors/"):
        page = desk.get(address).text
        assert ">ann<" in page
        assert not [word for word in ("rash", "oat") if word in page]
    assert not AccessLog.objects.exists()
    assert "A rash on my back" in login(ann).get("/private/").text


def test_where_nothing_waits_it_says_what_comes_there(login: Login, stella: User) -> None:
    page = login(stella).get("/desk/doors/").text
    assert "Nothing waits for us." in page
    assert "/desk/private/?state=closed" in page


def subjects(page: Any) -> list[str]:
    return [conversation.subject for conversation in page.context["page"].rows]


def test_visitors_sign_in_and_customers_find_nothing(client: Client, login: Login, ann: User) -> None:
    assert client.get("/desk/private/").status_code == 302
    assert login(ann).get("/desk/private/").status_code == 404


def test_what_waits_for_us_stands_first_and_the_oldest_promise_on_top(
    login: Login, ann: User, stella: User, topic: Topic
) -> None:
    for hours in (30, -2, 5):
        make_conversation(ann, topic, f"Due in {hours}", promised_at=timezone.now() + timedelta(hours=hours))
    answered = make_conversation(ann, topic, "Answered")
    send_message(conversation=answered, author=stella, text="Found it.", waiting_on="asker")
    close_conversation(conversation=make_conversation(ann, topic, "Closed"), by=stella)
    desk = login(stella)
    assert subjects(desk.get("/desk/private/")) == ["Due in -2", "Due in 5", "Due in 30"]
    assert subjects(desk.get("/desk/private/?state=open")) == ["Answered"]
    assert subjects(desk.get("/desk/private/?state=closed")) == ["Closed"]
    assert desk.get("/desk/private/").context["counts"] == {"waiting": 3, "open": 1, "closed": 1}


def test_others_see_neither_rows_nor_counts(login: Login, ann: User, moritz: User, olga: User, topic: Topic) -> None:
    make_conversation(ann, topic, "My order")
    for other in (moritz, olga):
        page = login(other).get("/desk/private/")
        assert page.context["counts"] == {"waiting": 0, "open": 0, "closed": 0}
        assert ">ann<" not in page.text
        assert "Orders" not in page.text


def test_ones_own_question_to_a_colleague_is_not_ones_work(
    login: Login, stella: User, moritz: User, topic: Topic
) -> None:
    topic.staff.add(moritz)
    make_conversation(stella, topic, "Stella asks")
    assert subjects(login(stella).get("/desk/private/")) == []
    assert subjects(login(moritz).get("/desk/private/")) == ["Stella asks"]


def test_a_row_that_can_not_be_read_says_so(login: Login, ann: User, stella: User, topic: Topic) -> None:
    make_conversation(ann, topic, "Still fine")
    damaged = make_conversation(ann, topic, "Damaged")
    Conversation.objects.filter(pk=damaged.pk).update(wrapped_key=b"no key")
    page = login(stella).get("/desk/private/")
    assert page.status_code == 200
    assert page.text.count("The key to this conversation is missing.") == 1


def test_a_long_list_says_how_many_more_at_a_constant_price(
    login: Login, ann: User, stella: User, topic: Topic, django_assert_max_num_queries: Any
) -> None:
    for number in range(PAGE_SIZE + 3):
        make_conversation(ann, topic, f"Number {number}.")
    desk = login(stella)
    with django_assert_max_num_queries(8):
        page = desk.get("/desk/private/")
    assert "3 more" in page.text
    rest = desk.get(f"/desk/private/?after={page.context['page'].next_cursor}")
    assert len(set(subjects(page) + subjects(rest))) == PAGE_SIZE + 3


def test_the_list_tells_nothing_in_its_head_and_is_not_kept(
    login: Login, ann: User, stella: User, topic: Topic
) -> None:
    make_conversation(ann, topic, "A rash")
    page = login(stella).get("/desk/private/?state=nonsense&after=nonsense")
    assert "<title>Private conversation</title>" in page.text
    assert "no-store" in page["Cache-Control"]
    assert "rash" not in page.text.split("</head>")[0]
