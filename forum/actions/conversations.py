"""Open, continue and close a private conversation. Nothing here writes a word of it anywhere else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import PingAddress, User
from forum import notifications
from forum.actions.attachments import delete_left, send_along
from forum.actions.consents import ConsentMissing, ask_for_consent, record_consent, was_withdrawn
from forum.models import AccessLog, Company, Conversation, Door, Message, Question, Topic, WaitingOn
from forum.models.conversation import role_of
from forum.permissions import is_serving
from forum.promises import promise_from_now
from forum.receipt_holder import Party, account_of

# Staff who come back within this time are still at the same sitting: one line in the access log.
SITTING = timedelta(minutes=10)


class ConversationClosed(Exception):
    """Nothing more can be said here unless it is opened again."""


@transaction.atomic
def open_conversation(
    *,
    customer: User | None,
    topic: Topic,
    subject: str,
    text: str,
    origin_question: Question | None = None,
    health_consent: bool = False,
) -> Conversation:
    """Starts a room for this customer and the staff of the topic, with its first message.

    Without a customer it is opened by receipt (forum.actions.receipts). Raises ConsentMissing where the topic is about
    health and nobody agreed.
    """
    if topic.health_data and not health_consent:
        raise ConsentMissing
    conversation = Conversation(
        topic=topic,
        customer=customer,
        customer_name=customer.nickname if customer else "",
        origin_question=origin_question,
    )
    conversation.subject = subject
    conversation.promised_at, conversation.promised_with = promise_from_now()
    conversation.save()
    if topic.health_data:
        record_consent(conversation=conversation, by=customer)
    _add_message(conversation, customer, text)
    Door.objects.note_opened_by_asker(conversation)
    notifications.tell_of_message(conversation, customer)
    return conversation


@transaction.atomic
def send_message(
    *, conversation: Conversation, author: Party, text: str, waiting_on: str = "", attached: Iterable[Any] = ()
) -> Message:
    """Adds a message. The customer's always waits for us; staff say whose turn it is afterwards.

    `attached` names what the author has added to it before. Raises ConversationClosed when somebody closed it in the
    meantime: what is closed is deleted one day; and ConsentMissing when the customer did not agree to the words of
    today.
    """
    take_in_hand(conversation)
    if conversation.is_closed:
        raise ConversationClosed
    ask_for_consent(conversation, author)
    message = _add_message(conversation, author, text)
    send_along(message=message, author=account_of(author), chosen=attached)
    if is_serving(author, conversation):
        _wait_on(conversation, waiting_on)
    elif conversation.waiting_on != WaitingOn.US:
        # Who writes twice before we answered keeps the earlier promise.
        _wait_on(conversation, WaitingOn.US)
    conversation.last_message_at = timezone.now()
    conversation.save(update_fields=["waiting_on", "waiting_since", "promised_at", "promised_with", "last_message_at"])
    notifications.tell_of_message(conversation, author)
    return message


def read_conversation(
    *, conversation: Conversation, reader: Party, last_opened_at: datetime | None = None, has_news: bool = True
) -> None:
    """Marks the other side's messages as read; staff leave a line in the access log, one a sitting.

    `last_opened_at` is when this member of the staff last opened it; without `has_news` the reader's side has read all.
    Not one transaction on purpose: the line in the log stands even when marking fails.
    """
    note_opening(conversation=conversation, reader=reader, last_opened_at=last_opened_at)
    now, serving = timezone.now(), is_serving(reader, conversation)
    if not has_news:
        return
    unread = conversation.messages.filter(read_at=None)
    theirs = unread.filter(posted_as_name="") if serving else unread.exclude(posted_as_name="")
    theirs.update(read_at=now)


def note_opening(*, conversation: Conversation, reader: Party, last_opened_at: datetime | None) -> None:
    """That somebody of the staff has something of it before them: its page, a file, a message to be reported."""
    staff, sitting_began = account_of(reader), timezone.now() - SITTING
    if staff and is_serving(staff, conversation) and (last_opened_at is None or last_opened_at < sitting_began):
        AccessLog.objects.create(
            conversation=conversation, staff=staff, staff_name=staff.public_name, staff_role=role_of(staff)
        )


@transaction.atomic
def close_conversation(*, conversation: Conversation, by: Party) -> None:
    """Ends the conversation and starts the clock of its deletion; a second click changes nothing."""
    take_in_hand(conversation)
    if conversation.is_closed:
        return
    now = timezone.now()
    conversation.closed_at, conversation.closed_by, conversation.closed_by_name = now, account_of(by), by.public_name
    conversation.waiting_on = WaitingOn.NOBODY
    conversation.delete_after = now + kept_for(conversation.topic)
    conversation.save(update_fields=["closed_at", "closed_by", "closed_by_name", "waiting_on", "delete_after"])
    # Who wrote without an account is not written to any more, so nobody keeps where.
    PingAddress.objects.filter(receipt__conversation=conversation).delete()
    notifications.tell_of_closed_conversation(conversation, by)


@transaction.atomic
def reopen_conversation(*, conversation: Conversation, by: Party) -> None:
    """Opens it again and stops the clock of its deletion; the next word is the other side's.

    Nothing opens one whose customer took the consent to read it back.
    """
    take_in_hand(conversation)
    if not conversation.is_closed or was_withdrawn(conversation):
        return
    conversation.closed_at, conversation.closed_by, conversation.closed_by_name = None, None, ""
    conversation.delete_after, conversation.is_rated = None, False
    _wait_on(conversation, WaitingOn.ASKER if is_serving(by, conversation) else WaitingOn.US)
    conversation.save(
        update_fields=[
            "closed_at", "closed_by", "closed_by_name", "delete_after", "waiting_on", "waiting_since", "promised_at",
            "promised_with", "is_rated",
        ]
    )  # fmt: skip


def kept_for(topic: Topic) -> timedelta:
    """How long a closed conversation of this topic stays."""
    days = topic.retention_days
    return timedelta(days=Company.load().conversation_retention_days if days is None else days)


@transaction.atomic
def delete_conversation(*, conversation: Conversation) -> None:
    """The room with its key, every message and file, and where to write to who has no account. Raises OnHold."""
    Conversation.objects.select_for_update().filter(pk=conversation.pk).first()
    files = list(conversation.attachments.values_list("pk", flat=True))
    pinged = list(PingAddress.objects.filter(receipt__conversation=conversation).values_list("pk", flat=True))
    conversation.delete()
    PingAddress.objects.filter(pk__in=pinged).delete()
    # Should this not come to pass, the worker finds them: no conversation leads to them any more.
    transaction.on_commit(partial(delete_left, files), robust=True)


@transaction.atomic
def delete_expired(now: datetime) -> None:
    """One of settings.RETENTION: deletes closed conversations, with every message, on the day their pages name."""
    # Locked, so that none goes which somebody opens again at this moment.
    for conversation in Conversation.objects.expired(now).select_for_update():
        delete_conversation(conversation=conversation)


def take_in_hand(conversation: Conversation) -> None:
    """Where it stands now; until the end of the transaction nobody else writes in it, closes it or opens it again."""
    rows = Conversation.objects.select_for_update(no_key=True)
    facts = [
        "closed_at", "closed_by", "closed_by_name", "delete_after", "waiting_on", "waiting_since", "promised_at",
        "promised_with", "assigned_to", "is_rated",
    ]  # fmt: skip
    conversation.refresh_from_db(fields=facts, from_queryset=rows)


def _wait_on(conversation: Conversation, whom: str) -> None:
    """Whose turn it is; a new wait for us is a new promise. Does not save."""
    conversation.waiting_on, conversation.waiting_since = whom, timezone.now()
    if whom == WaitingOn.US:
        conversation.promised_at, conversation.promised_with = promise_from_now()


def _add_message(conversation: Conversation, author: Party | None, text: str) -> Message:
    person = account_of(author)
    message = Message(conversation=conversation, author=person, author_name=person.nickname if person else "")
    if person and is_serving(person, conversation):
        message.sign_as_staff(person)
    message.text = text
    message.save()
    return message
