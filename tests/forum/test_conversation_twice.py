"""A double click in private writes once, and no word of it is kept in clear to find that out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.models import OutgoingMail, User
from forum.actions.conversations import close_conversation, reopen_conversation, send_message
from forum.actions.repeats import MOMENT
from forum.models import Conversation, Message, Topic
from tests.factories import make_conversation, make_topic

Login = Callable[[User], Client]
NEW = {"subject": "My order", "text": "It never came."}


@pytest.fixture
def topic(stella: User) -> Topic:
    return make_topic("Orders", "orders", channel="both", staff=[stella])


@pytest.fixture
def room(ann: User, topic: Topic) -> Conversation:
    return make_conversation(ann, topic)


def texts() -> list[str]:
    return [message.text for message in Message.objects.select_related("conversation")]


def test_a_new_conversation_is_opened_once(login: Login, ann: User, topic: Topic) -> None:
    customer = login(ann)
    first, second = (customer.post("/private/new/", {"topic": topic.pk, **NEW}) for _click in range(2))
    assert first["Location"] == second["Location"]
    assert texts() == ["It never came."]
    assert OutgoingMail.objects.filter(kind="conversation_message").count() == 1


@pytest.mark.parametrize(("field", "value"), [("subject", "My other order"), ("text", "It never came, again.")])
def test_other_words_are_another_conversation(login: Login, ann: User, topic: Topic, field: str, value: str) -> None:
    for said in (NEW, NEW | {field: value}):
        login(ann).post("/private/new/", {"topic": topic.pk, **said})
    assert Conversation.objects.count() == 2


@pytest.mark.parametrize("who", ["ann", "stella"])
def test_a_message_is_sent_once(login: Login, room: Conversation, who: str) -> None:
    person = login(User.objects.get(nickname=who))
    for _click in range(2):
        response = person.post(f"/private/{room.pk}/", {"text": "Any news?", "waiting_on": "asker"})
        assert response["Location"] == f"/private/{room.pk}/"
    assert texts() == ["It never came.", "Any news?"]


def test_the_same_word_to_another_question_is_said_again(
    login: Login, room: Conversation, ann: User, stella: User
) -> None:
    for question in ("Is it blue?", "Is it round?"):
        send_message(conversation=room, author=stella, text=question, waiting_on="asker")
        login(ann).post(f"/private/{room.pk}/", {"text": "Yes."})
    assert texts() == ["It never came.", "Is it blue?", "Yes.", "Is it round?", "Yes."]


def test_after_a_while_the_same_words_are_meant(login: Login, room: Conversation, ann: User) -> None:
    login(ann).post(f"/private/{room.pk}/", {"text": "Any news?"})
    with time_machine.travel(timezone.now() + MOMENT + timedelta(minutes=1)):
        login(ann).post(f"/private/{room.pk}/", {"text": "Any news?"})
    assert texts().count("Any news?") == 2


def test_opening_again_with_a_message_sends_it_once(login: Login, room: Conversation, ann: User, stella: User) -> None:
    close_conversation(conversation=room, by=stella)
    for _click in range(2):
        login(ann).post(f"/private/{room.pk}/reopen/", {"text": "It is still missing."})
    assert texts() == ["It never came.", "It is still missing."]


def test_what_happened_meanwhile_is_seen(room: Conversation, ann: User, stella: User) -> None:
    """Both opened the page before either of them pressed a button."""
    stale = Conversation.objects.get()
    close_conversation(conversation=room, by=stella)
    close_conversation(conversation=stale, by=ann)
    assert Conversation.objects.get().closed_by == stella
    reopen_conversation(conversation=room, by=stella)
    stale.closed_at = timezone.now()
    reopen_conversation(conversation=stale, by=ann)
    assert Conversation.objects.get().waiting_on == "asker"
