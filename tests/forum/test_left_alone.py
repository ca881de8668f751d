"""What was written in private does not lie unseen when the last one who served its topic goes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from forum.actions.conversations import close_conversation, send_message
from forum.models import Conversation, Topic
from tests.factories import make_conversation, make_topic

Login = Callable[[User], Client]
NOBODY = "At the moment nobody is there who could answer you here."


@pytest.fixture
def topic(stella: User) -> Topic:
    return make_topic("Intimate care", "intimate-care", channel="private", discreet=True, staff=[stella])


@pytest.fixture
def room(ann: User, topic: Topic) -> Conversation:
    return make_conversation(ann, topic, "My secret", "Nobody must know.")


def line(count: int) -> str:
    waits = "message waits" if count == 1 else "messages wait"
    return f"In the topic Intimate care {count} private {waits} and nobody serves it."


@pytest.mark.parametrize("gone", [{"role": ""}, {"is_active": False}, {"suspended_at": timezone.now()}])
def test_the_owner_learns_that_something_waits_and_where_to_name_somebody(
    login: Login, room: Conversation, ben: User, stella: User, olga: User, gone: dict[str, Any]
) -> None:
    assert line(1) not in login(olga).get("/desk/").text
    User.objects.filter(pk=stella.pk).update(**gone)
    page = login(olga).get("/desk/").text
    assert line(1) in page
    assert f'href="/admin/forum/topic/{room.topic_id}/change/"' in page
    for word in ("My secret", "Nobody must know", f"/private/{room.pk}/", ">ann<"):
        assert word not in page
    assert login(olga).get(f"/private/{room.pk}/").status_code == 404
    make_conversation(ben, room.topic)
    assert line(2) in login(olga).get("/desk/").text


def test_a_room_without_an_account_behind_it_is_served_like_any_other(ann: User, stella: User) -> None:
    room = make_conversation(ann, make_topic("Orders", "orders", channel="both", staff=[stella]))
    Conversation.objects.filter(pk=room.pk).update(customer=None)
    assert Conversation.objects.with_service().get().is_served


def test_nobody_but_an_owner_learns_of_it(login: Login, room: Conversation, moritz: User, topic: Topic) -> None:
    topic.staff.clear()
    assert "nobody serves it" not in login(moritz).get("/desk/").text


def test_who_serves_the_topic_does_not_answer_themselves(login: Login, topic: Topic, stella: User, olga: User) -> None:
    make_conversation(stella, topic)
    assert line(1) in login(olga).get("/desk/").text


def test_what_waits_for_nobody_needs_nobody(
    login: Login, room: Conversation, ben: User, stella: User, olga: User
) -> None:
    send_message(conversation=room, author=stella, text="Here.", waiting_on="asker")
    close_conversation(conversation=make_conversation(ben, room.topic), by=stella)
    room.topic.staff.clear()
    assert "nobody serves it" not in login(olga).get("/desk/").text


def test_the_customer_is_told_honestly(login: Login, room: Conversation, ann: User, olga: User) -> None:
    for path in ("/private/", f"/private/{room.pk}/"):
        assert NOBODY not in login(ann).get(path).text
    room.topic.staff.clear()
    for path in ("/private/", f"/private/{room.pk}/"):
        page = login(ann).get(path).text
        assert NOBODY in page
        assert "You will have an answer by" not in page
    room.topic.staff.add(olga)
    assert NOBODY not in login(ann).get(f"/private/{room.pk}/").text


def test_a_topic_whose_only_staff_may_not_write_takes_no_private_messages(
    login: Login, ann: User, topic: Topic, stella: User
) -> None:
    User.objects.filter(pk=stella.pk).update(suspended_at=timezone.now())
    assert "Nobody reads private messages at the moment" in login(ann).get("/private/new/").text


def test_it_costs_the_same_for_many_topics(login: Login, ann: User, olga: User, django_assert_num_queries: Any) -> None:
    make_conversation(ann, make_topic("Topic", "topic", channel="private"))
    owner = login(olga)
    owner.get("/desk/")
    with django_assert_num_queries(1):
        assert [topic.waiting_count for topic in Topic.objects.public().left_alone()] == [1]
    for number in range(5):
        make_conversation(ann, make_topic(f"Topic {number}", f"topic-{number}", channel="private"))
    with django_assert_num_queries(1):
        assert len(Topic.objects.public().left_alone()) == 6
