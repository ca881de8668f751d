"""From public to private: ask the asker into a room, and open it once they agree."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from forum import door_letters, notifications
from forum.actions.questions import steer
from forum.middleware import mail_language
from forum.models import Conversation, Door, DoorReason, Message, Question, Topic, WaitingOn
from forum.permissions import can_be_asked_in


class DoorShut(Exception):
    """There is nothing to ask: nobody to ask it of, nobody who would read it, or it was asked already."""


class DoorDecided(Exception):
    """The asker has said yes or no already."""


@transaction.atomic
def ask_into_private(*, question: Question, by: User, reason: str, text: str) -> Door:
    """Asks whether the asker would rather go on in private; nothing happens before they say yes. Raises DoorShut."""
    _take_in_hand(question)
    waiting = Door.objects.awaiting_asker().filter(question=question)
    if not _can_be_asked(question) or waiting.exists() or _open_room(question):
        raise DoorShut
    door = Door(question=question, reason=reason)
    door.sign(by)
    door.text = text
    door.save()
    door_letters.tell_asker(door)
    return door


@transaction.atomic
def agree_to_door(*, door: Door) -> Conversation:
    """Opens the room with what the team had to say; a second click leads into the same. Raises DoorDecided."""
    _hold(door)
    if door.conversation:
        return door.conversation
    if not door.awaits_asker or not _can_be_asked(door.question):
        raise DoorDecided
    question = door.question
    door.conversation = _open(question, door.opened_by)
    _say(door.conversation, door, door.text)
    door.agreed_at, door.sealed_text = timezone.now(), None
    door.save(update_fields=["conversation", "agreed_at", "sealed_text"])
    # The room waits from now on, with a promise of its own; the page says where it went.
    steer(question=question, waiting_on=WaitingOn.NOBODY)
    door_letters.tell_team_of_decision(door)
    return door.conversation


@transaction.atomic
def decline_door(*, door: Door) -> None:
    """It stays public, and costs nothing; a second click changes nothing. Raises DoorDecided after a yes."""
    _hold(door)
    if door.declined_at:
        return
    if not door.awaits_asker:
        raise DoorDecided
    door.declined_at, door.sealed_text = timezone.now(), None
    door.save(update_fields=["declined_at", "sealed_text"])
    door_letters.tell_team_of_decision(door)


@transaction.atomic
def carry_into_private(*, question: Question, by: User, text: str) -> Conversation | None:
    """Puts what was taken out of the asker's words into a room of the two sides, without asking first.

    None where nobody would read it there: then it is nowhere any more.
    """
    _take_in_hand(question)
    if not _can_be_asked(question):
        return None
    door = Door(question=question, reason=DoorReason.PERSONAL_DATA, agreed_at=timezone.now())
    door.sign(by)
    room = _open_room(question)
    if room is None:
        room = door.conversation = _open(question, by)
        door.save()
    _say(room, door, _carried(text, question.language))
    notifications.tell_of_message(room, by)
    return room


def _carried(text: str, language: str) -> str:
    with translation.override(mail_language(language)):
        said = _(
            "We have taken personal data out of what you wrote in public, so that nobody else reads it. This is what "
            "you had written; only you and we can read it here:"
        )
    quoted = "\n".join(f"> {line}" for line in text.splitlines())
    return f"{said}\n\n{quoted}"


def _can_be_asked(question: Question) -> bool:
    topics = Topic.objects.taking_conversations().filter(pk=question.topic_id)
    return can_be_asked_in(question) and topics.exists()


def _open_room(question: Question) -> Conversation | None:
    rooms = Conversation.objects.filter(door__question=question, customer=question.author, closed_at=None)
    return rooms.first()


def _open(question: Question, by: User | None) -> Conversation:
    serving = by and question.topic.staff.filter(pk=by.pk).exists()
    room = Conversation(
        topic=question.topic,
        customer=question.author,
        customer_name=question.author.nickname if question.author else "",
        origin_question=question,
        assigned_to=by if serving else None,
        waiting_on=WaitingOn.ASKER,
    )
    room.subject = question.title
    room.save()
    return room


def _say(room: Conversation, door: Door, text: str) -> None:
    """As the team's word, under the name on the door: also when who wrote it has left since."""
    message = Message(conversation=room, posted_as_name=door.opened_by_name, posted_as_role=door.opened_by_role)
    if door.opened_by and door.opened_by.is_staff:
        message.author, message.author_name = door.opened_by, door.opened_by.nickname
        message.sign_as_staff(door.opened_by)
    message.text = text
    message.save()


def _take_in_hand(question: Question) -> None:
    """Until the end of the transaction nobody else opens a door here."""
    rows = Question.objects.select_for_update(no_key=True)
    question.refresh_from_db(fields=["hidden_at", "held_at", "deleted_at", "author", "title"], from_queryset=rows)


def _hold(door: Door) -> None:
    """How it stands now; until the end of the transaction nobody else decides about it."""
    rows = Door.objects.select_for_update(no_key=True)
    door.refresh_from_db(fields=["conversation", "agreed_at", "declined_at", "sealed_text"], from_queryset=rows)
