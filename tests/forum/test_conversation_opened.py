"""What reading a private conversation leaves behind: what is read, and by whom it was opened."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.models import User
from forum.actions.conversations import send_message
from forum.models import AccessLog, Conversation, HealthConsent, Message, Topic
from tests.factories import make_conversation, make_topic

Login = Callable[[User], Client]


@pytest.fixture
def topic(stella: User) -> Topic:
    return make_topic("Orders", "orders", channel="both", staff=[stella])


@pytest.fixture
def room(ann: User, topic: Topic) -> Conversation:
    return make_conversation(ann, topic, "My order", "It never came.")


def address(conversation: Conversation) -> str:
    return f"/private/{conversation.pk}/"


def test_ann_sees_that_her_message_was_read(login: Login, room: Conversation, ann: User, stella: User) -> None:
    assert "Not read yet" in login(ann).get(address(room)).text
    login(stella).get(address(room))
    page = login(ann).get(address(room)).text
    assert "Not read yet" not in page
    # A plain word: when somebody read it is nobody's measure of them.
    assert re.search(r"<span>Read</span>", page)


def test_ones_own_look_does_not_mark_ones_own_words_as_read(login: Login, room: Conversation, ann: User) -> None:
    login(ann).get(address(room))
    assert room.messages.get().read_at is None


def test_ann_sees_who_of_the_staff_opened_it_and_staff_do_not(
    login: Login, room: Conversation, ann: User, stella: User
) -> None:
    assert "Nobody but you so far." in login(ann).get(address(room)).text
    staff_page = login(stella).get(address(room)).text
    assert "Who has opened this conversation" not in staff_page
    assert re.search(r"<li>Stella Stern \(Soap maker\), <time", login(ann).get(address(room)).text)


def test_one_sitting_leaves_one_line_in_the_access_log(login: Login, room: Conversation, stella: User) -> None:
    reader = login(stella)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _ in range(3):
            reader.get(address(room))
        assert AccessLog.objects.count() == 1
        clock.shift(timedelta(minutes=11))
        reader.get(address(room))
    assert list(AccessLog.objects.values_list("staff_name", flat=True)) == ["Stella Stern", "Stella Stern"]


def test_the_room_costs_the_same_for_many_messages(
    login: Login, room: Conversation, ann: User, stella: User, django_assert_max_num_queries: Any
) -> None:
    HealthConsent.objects.record(room, ann, "Yes, you may.", "en")
    for _ in range(12):
        send_message(conversation=room, author=ann, text="Hello?")
        send_message(conversation=room, author=stella, text="Yes.", waiting_on="us")
    client, team = login(ann), login(stella)
    # What is new is marked as read, once; of the staff it is noted besides who opened it, once a sitting.
    for reader, first in ((client, 8), (team, 10)):
        with django_assert_max_num_queries(first):
            assert reader.get(address(room)).status_code == 200
        with django_assert_max_num_queries(7):
            assert reader.get(address(room)).status_code == 200
    assert not Message.objects.filter(read_at=None).exists()
    send_message(conversation=room, author=ann, text="Hello?")
    with django_assert_max_num_queries(8):
        assert team.get(address(room)).status_code == 200
    assert not Message.objects.filter(read_at=None).exists()


def test_ann_sees_who_opened_it_the_last_first(
    login: Login, room: Conversation, topic: Topic, ann: User, stella: User, moritz: User
) -> None:
    topic.staff.add(moritz)
    for hour, opener in ((9, stella), (12, moritz)):
        with time_machine.travel(f"2026-03-02 {hour}:30+00:00", tick=False):
            login(opener).get(address(room))
    page = login(ann).get(address(room)).text
    # The time of the company's place, whichever the database keeps.
    assert re.findall(r"<li>([^<(]+) \([^)]*\), <time datetime=\"([^\"]+)\"", page) == [
        (moritz.public_name, "2026-03-02T13:30:00+01:00"),
        (stella.public_name, "2026-03-02T10:30:00+01:00"),
    ]
