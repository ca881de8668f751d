"""What becomes of a private conversation besides its messages: whose it is, how long it stays, whether it helped."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import F

from accounts.models import User
from forum import notifications
from forum.actions.conversations import delete_conversation, kept_for, take_in_hand
from forum.models import Conversation, LegalHold, RoomNote, Satisfaction
from forum.models.conversation import OnHold

# The customer can have it kept for so many periods in all.
PERIODS = 3


class DoesNotServe(Exception):
    """Who does not serve the topic could not read it."""


@transaction.atomic
def hand_over(*, conversation: Conversation, by: User, to: User | None, text: str = "") -> RoomNote:
    """Puts it into somebody's hands, or with None into everybody's who serve the topic. Raises DoesNotServe."""
    take_in_hand(conversation)
    if to and not conversation.serving_people().filter(pk=to.pk).exists():
        raise DoesNotServe
    conversation.assigned_to = to
    conversation.save(update_fields=["assigned_to"])
    note = RoomNote(conversation=conversation, is_handing_over=True)
    note.handed_to, note.handed_to_name = to, to.public_name if to else ""
    note.write(text, by=by)
    note.save()
    if to and to != by:
        notifications.tell_of_handing_over(conversation, to)
    return note


def note_for_team(*, conversation: Conversation, by: User, text: str) -> RoomNote:
    """Says something that only who serves the topic reads. Raises crypto.CannotDecrypt."""
    note = RoomNote(conversation=conversation)
    note.write(text, by=by)
    note.save()
    return note


@transaction.atomic
def keep_longer(*, conversation: Conversation) -> bool:
    """Puts the deletion off by one period; False when it is open, or kept as long as it can be."""
    take_in_hand(conversation)
    if not (conversation.closed_at and conversation.delete_after) or not room_to_extend(conversation):
        return False
    conversation.delete_after += room_to_extend(conversation)
    conversation.save(update_fields=["delete_after"])
    return True


def room_to_extend(conversation: Conversation) -> timedelta:
    """By how much the deletion can be put off now: a period, or what is left of three; nothing while it is open."""
    if not (conversation.closed_at and conversation.delete_after):
        return timedelta(0)
    period = kept_for(conversation.topic)
    left = conversation.closed_at + PERIODS * period - conversation.delete_after
    return max(min(period, left), timedelta(0))


@transaction.atomic
def delete_at_once(*, conversation: Conversation) -> bool:
    """As the customer wishes; False when the law keeps it: then it goes when the hold ends."""
    try:
        delete_conversation(conversation=conversation)
    except OnHold:
        LegalHold.objects.filter(conversation=conversation, ended_at=None).update(is_deletion_due=True)
        return False
    return True


@transaction.atomic
def rate(*, conversation: Conversation, answer: str) -> bool:
    """Counts the answer to whether it helped, once for each closing; False when it was counted, or is open again."""
    take_in_hand(conversation)
    if conversation.is_rated or not conversation.is_closed:
        return False
    conversation.is_rated = True
    conversation.save(update_fields=["is_rated"])
    Satisfaction.objects.get_or_create(topic_id=conversation.topic_id, answer=answer)
    Satisfaction.objects.filter(topic_id=conversation.topic_id, answer=answer).update(count=F("count") + 1)
    return True
