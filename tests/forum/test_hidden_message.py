"""What a decision took off the page of a room is not shown beside it either."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from forum.actions.conversations import send_message
from forum.actions.going_public import offer
from forum.models import Conversation, Message, PublicWords
from tests.accounts.privacy import copy_of
from tests.factories import make_attachment, make_conversation, make_topic

pytestmark = pytest.mark.any_database

Login = Callable[[User], Client]


@pytest.fixture
def room(ann: User, stella: User) -> Conversation:
    topic = make_topic("Orders", "orders", channel="both", staff=[stella])
    room = make_conversation(ann, topic, text="You thief.")
    send_message(conversation=room, author=stella, text="You fool.", waiting_on="asker")
    make_attachment(room, stella, "insult.txt")
    Message.objects.update(hidden_at=timezone.now(), hidden_rule="insult")
    send_message(conversation=room, author=ann, text="It never came.")
    send_message(conversation=room, author=stella, text="It is on its way.", waiting_on="asker")
    return room


def test_neither_side_finds_it_beside_what_may_become_public(
    login: Login, room: Conversation, ann: User, stella: User
) -> None:
    page = login(stella).get(f"/private/{room.pk}/offer/").text
    offer(conversation=room, by=stella, kind="faq", language="en", words=PublicWords("Late?", "", "Yes."), version=0)
    for text in (page, login(ann).get(f"/private/{room.pk}/public/").text):
        assert "It never came." in text
        assert "It is on its way." in text
        assert not [word for word in ("thief", "fool") if word in text]


def test_the_copy_of_ones_data_has_ones_own_words_and_not_the_others(room: Conversation, ann: User) -> None:
    copy = copy_of(ann)
    said = [message["text"] for message in copy["messages"]]
    assert "You thief." in said
    assert "You fool." not in said
    assert copy["attachments"] == []
