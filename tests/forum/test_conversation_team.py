"""Among the staff of a topic: handing over and notes, which neither the customer nor anybody else sees."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.mail import deliver_due
from accounts.models import OutgoingMail, User
from forum.models import Conversation, RoomNote
from tests.factories import make_conversation, make_topic

Login = Callable[[User], Client]


@pytest.fixture
def room(ann: User, stella: User, moritz: User) -> Conversation:
    return make_conversation(ann, make_topic("Orders", "orders", channel="both", staff=[stella, moritz]))


def say(client: Client, room: Conversation, **said: str) -> Any:
    return client.post(f"/private/{room.pk}/team/", said, follow=True)


def test_stella_takes_it_over(login: Login, room: Conversation, stella: User, moritz: User) -> None:
    page = login(stella).post(f"/private/{room.pk}/take/", follow=True)
    room.refresh_from_db()
    assert room.assigned_to == stella
    assert "In the hands of Stella Stern" in page.text
    assert "In the hands of Stella Stern" in login(moritz).get("/desk/private/").text


def test_stella_hands_it_to_moritz_with_a_word(
    login: Login, room: Conversation, ann: User, stella: User, moritz: User
) -> None:
    OutgoingMail.objects.all().delete()
    page = say(login(stella), room, to=str(moritz.pk), text="She is *angry*.")
    assert "handed it to Moritz Mai" in page.text
    assert "<em>angry</em>" in login(moritz).get(f"/private/{room.pk}/").text
    theirs = login(ann).get(f"/private/{room.pk}/").text
    assert "angry" not in theirs
    assert "handed it" not in theirs
    deliver_due()
    assert [letter.to for letter in mail.outbox] == [["moritz@example.org"]]
    whole = f"{mail.outbox[0].subject}{mail.outbox[0].body}"
    assert not [word for word in ("angry", "My order", "Orders", "Stella") if word in whole]


def test_a_note_leaves_it_in_the_same_hands(login: Login, room: Conversation, stella: User, moritz: User) -> None:
    say(login(stella), room, to=str(stella.pk), text="")
    say(login(moritz), room, to="note", text="She rang, too.")
    room.refresh_from_db()
    assert room.assigned_to == stella
    say(login(moritz), room, to="nobody", text="")
    assert Conversation.objects.get().assigned_to is None
    assert RoomNote.objects.count() == 3


def test_only_who_serves_the_topic_gets_it(
    login: Login, room: Conversation, stella: User, moritz: User, olga: User, ann: User
) -> None:
    for person in (olga, ann):
        response = login(stella).post(f"/private/{room.pk}/team/", {"to": str(person.pk), "text": "Yours."})
        assert response.status_code == 422
    User.objects.filter(pk=moritz.pk).update(suspended_at=timezone.now())
    assert login(stella).post(f"/private/{room.pk}/team/", {"to": str(moritz.pk)}).status_code == 422
    room.refresh_from_db()
    assert room.assigned_to is None


def test_a_note_without_a_word_is_none(login: Login, room: Conversation, stella: User) -> None:
    assert login(stella).post(f"/private/{room.pk}/team/", {"to": "note", "text": " "}).status_code == 422


def test_neither_the_customer_nor_others_come_here(login: Login, room: Conversation, ann: User, olga: User) -> None:
    for path in ("team", "take"):
        assert login(ann).post(f"/private/{room.pk}/{path}/", {"to": "note", "text": "Hm"}).status_code == 403
        assert login(olga).post(f"/private/{room.pk}/{path}/", {"to": "note", "text": "Hm"}).status_code == 404
    assert not RoomNote.objects.exists()


def test_a_note_that_was_moved_to_another_conversation_can_not_be_read(
    login: Login, room: Conversation, ann: User, stella: User
) -> None:
    say(login(stella), room, to="note", text="She rang.")
    other = make_conversation(ann, room.topic)
    RoomNote.objects.update(conversation=other)
    page = login(stella).get(f"/private/{other.pk}/")
    assert page.status_code == 200
    assert "This note can not be read" in page.text
