"""Either side closes a conversation and opens it again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.mail import deliver_due
from accounts.models import OutgoingMail, User
from accounts.retention import delete_what_is_over
from forum.actions.conversations import close_conversation, reopen_conversation
from forum.actions.holds import place_hold
from forum.models import Conversation, Message
from tests.factories import make_conversation, make_topic

Login = Callable[[User], Client]


@pytest.fixture
def room(ann: User, stella: User) -> Conversation:
    topic = make_topic("Orders", "orders", channel="both", staff=[stella])
    return make_conversation(ann, topic, "My order", "It never came.")


@pytest.mark.parametrize("nickname", ["ann", "stella"])
def test_either_side_closes_and_the_clock_of_deletion_starts(login: Login, room: Conversation, nickname: str) -> None:
    user = User.objects.get(nickname=nickname)
    response = login(user).post(f"/private/{room.pk}/close/", follow=True)
    room.refresh_from_db()
    assert room.closed_at
    assert room.delete_after
    assert room.delete_after - room.closed_at == timedelta(days=180)
    assert (room.closed_by_name, room.waiting_on) == (user.public_name, "")
    assert f"Closed by {user.public_name}" in response.text
    assert "It is deleted on" in response.text


def test_a_second_click_changes_nothing(login: Login, room: Conversation, ann: User, stella: User) -> None:
    close_conversation(conversation=room, by=stella)
    assert login(ann).post(f"/private/{room.pk}/close/").status_code == 302
    room.refresh_from_db()
    assert room.closed_by_name == "Stella Stern"


def test_a_closed_conversation_does_not_wait_on_the_desk(login: Login, room: Conversation, stella: User) -> None:
    close_conversation(conversation=room, by=stella)
    assert login(stella).get("/desk/").context["private_count"] == 0


def test_on_its_day_it_is_deleted_with_every_message(room: Conversation, ann: User, stella: User) -> None:
    kept = make_conversation(ann, room.topic)
    close_conversation(conversation=room, by=stella)
    close_conversation(conversation=kept, by=stella)
    Conversation.objects.filter(pk=room.pk).update(delete_after=timezone.now())
    delete_what_is_over()
    assert [message.conversation for message in Message.objects.all()] == [kept]
    assert Conversation.objects.get() == kept


def test_opening_it_again_stops_the_clock_and_renews_the_promise(
    login: Login, room: Conversation, ann: User, stella: User
) -> None:
    close_conversation(conversation=room, by=stella)
    Conversation.objects.update(promised_at=timezone.now() - timedelta(days=90))
    login(ann).post(f"/private/{room.pk}/reopen/")
    room.refresh_from_db()
    assert (room.closed_at, room.delete_after, room.waiting_on) == (None, None, "us")
    assert not room.is_overdue


def test_staff_who_open_it_again_wait_for_the_customer(login: Login, room: Conversation, stella: User) -> None:
    close_conversation(conversation=room, by=stella)
    login(stella).post(f"/private/{room.pk}/reopen/")
    room.refresh_from_db()
    assert room.waiting_on == "asker"


def test_a_refused_message_goes_along_when_it_is_opened_again(
    login: Login, room: Conversation, ann: User, stella: User
) -> None:
    close_conversation(conversation=room, by=stella)
    response = login(ann).post(f"/private/{room.pk}/reopen/", {"text": "It is still missing."})
    assert response.status_code == 302
    assert [message.text for message in room.messages.all()] == ["It never came.", "It is still missing."]


def test_staff_still_have_to_say_whose_turn_it_is(login: Login, room: Conversation, stella: User) -> None:
    close_conversation(conversation=room, by=stella)
    response = login(stella).post(f"/private/{room.pk}/reopen/", {"text": "We found it."})
    assert response.status_code == 422
    assert "We found it." in response.text
    assert f'action="/private/{room.pk}/"' in response.text


def test_opening_what_is_open_changes_nothing(login: Login, room: Conversation, ann: User) -> None:
    before = Conversation.objects.values().get()
    login(ann).post(f"/private/{room.pk}/reopen/")
    assert Conversation.objects.values().get() == before


@pytest.mark.parametrize("verb", ["close", "reopen"])
def test_others_can_not_and_a_link_is_not_enough(
    login: Login, room: Conversation, olga: User, ann: User, verb: str
) -> None:
    assert login(olga).post(f"/private/{room.pk}/{verb}/").status_code == 404
    assert login(ann).get(f"/private/{room.pk}/{verb}/").status_code == 405


@pytest.mark.parametrize("verb", ["close", "reopen"])
def test_somebody_suspended_reads_but_changes_nothing(login: Login, room: Conversation, ann: User, verb: str) -> None:
    User.objects.filter(pk=ann.pk).update(suspended_at=timezone.now())
    assert login(ann).post(f"/private/{room.pk}/{verb}/").status_code == 403
    assert login(ann).get(f"/private/{room.pk}/").status_code == 200


@pytest.mark.parametrize(("who", "other"), [("ann", "stella"), ("stella", "ann")])
def test_the_other_side_hears_of_it_once_and_until_when(login: Login, room: Conversation, who: str, other: str) -> None:
    OutgoingMail.objects.all().delete()
    for _click in range(2):
        login(User.objects.get(nickname=who)).post(f"/private/{room.pk}/close/")
    room.refresh_from_db()
    assert room.delete_after
    deliver_due()
    letter = mail.outbox[0]
    assert [each.to for each in mail.outbox] == [[f"{other}@example.org"]]
    assert f"deleted on {timezone.localtime(room.delete_after):%-d %B %Y}" in " ".join(letter.body.split())
    assert f"/private/{room.pk}/" in letter.body
    whole = f"{letter.subject}{letter.body}{letter.alternatives}"
    assert not [word for word in ("My order", "never came", "Orders", "Stella") if word in whole]


def test_no_day_is_named_where_the_law_keeps_it(room: Conversation, stella: User, olga: User) -> None:
    OutgoingMail.objects.all().delete()
    place_hold(number=room.pk, by=olga, reason="A claim is before the court.")
    close_conversation(conversation=room, by=stella)
    deliver_due()
    said = " ".join(mail.outbox[0].body.split())
    assert "The law makes us keep it for now" in said
    assert f"/private/{room.pk}/" in said
    assert not [word for word in ("deleted on", "delete it at once", "court") if word in said]


def test_a_letter_of_closing_is_dropped_when_it_was_opened_again(room: Conversation, stella: User) -> None:
    OutgoingMail.objects.all().delete()
    close_conversation(conversation=room, by=stella)
    reopen_conversation(conversation=room, by=stella)
    deliver_due()
    assert mail.outbox == []
