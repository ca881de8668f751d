"""Open, continue and close a private conversation. Nothing here writes a word of it anywhere else."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from forum import notifications
from forum.models import AccessLog, Company, Conversation, Door, Message, Question, Topic, WaitingOn
from forum.permissions import is_serving
from forum.promises import promise_from_now

# Staff who come back within this time are still at the same sitting: one line in the access log.
SITTING = timedelta(minutes=10)


class ConversationClosed(Exception):
    """Nothing more can be said here unless it is opened again."""


@transaction.atomic
def open_conversation(
    *, customer: User, topic: Topic, subject: str, text: str, origin_question: Question | None = None
) -> Conversation:
    """Starts a room for this customer and the staff of the topic, with its first message."""
    conversation = Conversation(
        topic=topic, customer=customer, customer_name=customer.nickname, origin_question=origin_question
    )
    conversation.subject = subject
    conversation.promised_at, conversation.promised_with = promise_from_now()
    conversation.save()
    _add_message(conversation, customer, text)
    Door.objects.note_opened_by_asker(conversation)
    notifications.tell_of_message(conversation, customer)
    return conversation


@transaction.atomic
def send_message(*, conversation: Conversation, author: User, text: str, waiting_on: str = "") -> Message:
    """Adds a message. The customer's always waits for us; staff say whose turn it is afterwards.

    Raises ConversationClosed when somebody closed it in the meantime: what is closed is deleted one day.
    """
    _take_in_hand(conversation)
    if conversation.is_closed:
        raise ConversationClosed
    message = _add_message(conversation, author, text)
    if is_serving(author, conversation):
        _wait_on(conversation, waiting_on)
    elif conversation.waiting_on != WaitingOn.US:
        # Who writes twice before we answered keeps the earlier promise.
        _wait_on(conversation, WaitingOn.US)
    conversation.last_message_at = timezone.now()
    conversation.save(update_fields=["waiting_on", "waiting_since", "promised_at", "promised_with", "last_message_at"])
    notifications.tell_of_message(conversation, author)
    return message


def read_conversation(*, conversation: Conversation, reader: User, last_opened_at: datetime | None = None) -> None:
    """Marks the other side's messages as read; staff leave a line in the access log, one a sitting.

    `last_opened_at` is when this member of the staff last opened it. Not one transaction on purpose: the line
    in the log stands even when marking fails.
    """
    now = timezone.now()
    serving = is_serving(reader, conversation)
    if serving and (last_opened_at is None or last_opened_at < now - SITTING):
        AccessLog.objects.create(conversation=conversation, staff=reader, staff_name=reader.public_name)
    unread = conversation.messages.filter(read_at=None)
    theirs = unread.filter(posted_as_name="") if serving else unread.exclude(posted_as_name="")
    theirs.update(read_at=now)


@transaction.atomic
def close_conversation(*, conversation: Conversation, by: User) -> None:
    """Ends the conversation and starts the clock of its deletion; a second click changes nothing."""
    _take_in_hand(conversation)
    if conversation.is_closed:
        return
    now = timezone.now()
    conversation.closed_at, conversation.closed_by, conversation.closed_by_name = now, by, by.public_name
    conversation.waiting_on = WaitingOn.NOBODY
    conversation.delete_after = now + timedelta(days=Company.load().conversation_retention_days)
    conversation.save(update_fields=["closed_at", "closed_by", "closed_by_name", "waiting_on", "delete_after"])
    notifications.tell_of_closed_conversation(conversation, by)


@transaction.atomic
def reopen_conversation(*, conversation: Conversation, by: User) -> None:
    """Opens it again and stops the clock of its deletion; the next word is the other side's."""
    _take_in_hand(conversation)
    if not conversation.is_closed:
        return
    conversation.closed_at, conversation.closed_by, conversation.closed_by_name = None, None, ""
    conversation.delete_after = None
    _wait_on(conversation, WaitingOn.ASKER if is_serving(by, conversation) else WaitingOn.US)
    conversation.save(
        update_fields=[
            "closed_at", "closed_by", "closed_by_name", "delete_after", "waiting_on", "waiting_since", "promised_at",
            "promised_with",
        ]
    )  # fmt: skip


@transaction.atomic
def delete_expired(now: datetime) -> None:
    """One of settings.RETENTION: deletes closed conversations, with every message, on the day their pages name."""
    # Locked, so that none goes which somebody opens again at this moment.
    for conversation in Conversation.objects.expired(now).select_for_update():
        conversation.delete()


def _take_in_hand(conversation: Conversation) -> None:
    """Where it stands now; until the end of the transaction nobody else writes in it, closes it or opens it again."""
    rows = Conversation.objects.select_for_update(no_key=True)
    facts = [
        "closed_at", "closed_by", "closed_by_name", "delete_after", "waiting_on", "waiting_since", "promised_at",
        "promised_with",
    ]  # fmt: skip
    conversation.refresh_from_db(fields=facts, from_queryset=rows)


def _wait_on(conversation: Conversation, whom: str) -> None:
    """Whose turn it is; a new wait for us is a new promise. Does not save."""
    conversation.waiting_on, conversation.waiting_since = whom, timezone.now()
    if whom == WaitingOn.US:
        conversation.promised_at, conversation.promised_with = promise_from_now()


def _add_message(conversation: Conversation, author: User, text: str) -> Message:
    message = Message(conversation=conversation, author=author, author_name=author.nickname)
    if is_serving(author, conversation):
        message.sign_as_staff(author)
    message.text = text
    message.save()
    return message
