"""Open, continue and close a private conversation. Nothing here writes a word of it anywhere else."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from forum import notifications
from forum.actions.questions import promise_from_now
from forum.models import AccessLog, Company, Conversation, Message, Question, Topic, WaitingOn
from forum.permissions import is_serving


@transaction.atomic
def open_conversation(
    *, customer: User, topic: Topic, subject: str, text: str, origin_question: Question | None = None
) -> Conversation:
    """Starts a room for this customer and the staff of the topic, with its first message."""
    conversation = Conversation(
        topic=topic, customer=customer, customer_name=customer.nickname, origin_question=origin_question
    )
    conversation.subject = subject
    conversation.promised_at = promise_from_now()
    conversation.save()
    _add_message(conversation, customer, text)
    notifications.tell_of_message(conversation, customer)
    return conversation


@transaction.atomic
def send_message(*, conversation: Conversation, author: User, text: str, waiting_on: str = "") -> Message:
    """Adds a message. The customer's always waits for us; staff say whose turn it is afterwards."""
    message = _add_message(conversation, author, text)
    if is_serving(author, conversation):
        conversation.waiting_on = waiting_on
    else:
        conversation.waiting_on, conversation.promised_at = WaitingOn.US, promise_from_now()
    conversation.waiting_since = conversation.last_message_at = timezone.now()
    conversation.save(update_fields=["waiting_on", "waiting_since", "promised_at", "last_message_at"])
    notifications.tell_of_message(conversation, author)
    return message


@transaction.atomic
def read_conversation(*, conversation: Conversation, reader: User) -> None:
    """Marks the other side's messages as read; staff leave a line in the access log, one a sitting."""
    now = timezone.now()
    serving = is_serving(reader, conversation)
    unread = conversation.messages.filter(read_at=None)
    theirs = unread.exclude(posted_as_name="") if not serving else unread.filter(posted_as_name="")
    theirs.update(read_at=now)
    lately = conversation.accesses.filter(staff=reader, read_at__gte=now - timedelta(minutes=10))
    if serving and not lately.exists():
        AccessLog.objects.create(conversation=conversation, staff=reader, staff_name=reader.public_name)


@transaction.atomic
def close_conversation(*, conversation: Conversation, by: User) -> None:
    """Ends the conversation and starts the clock of its deletion."""
    now = timezone.now()
    conversation.closed_at, conversation.closed_by, conversation.closed_by_name = now, by, by.public_name
    conversation.waiting_on = WaitingOn.NOBODY
    conversation.delete_after = now + timedelta(days=Company.load().conversation_retention_days)
    conversation.save(update_fields=["closed_at", "closed_by", "closed_by_name", "waiting_on", "delete_after"])


@transaction.atomic
def reopen_conversation(*, conversation: Conversation, by: User) -> None:
    conversation.closed_at, conversation.closed_by, conversation.closed_by_name = None, None, ""
    conversation.delete_after = None
    conversation.waiting_on = WaitingOn.ASKER if is_serving(by, conversation) else WaitingOn.US
    conversation.waiting_since = timezone.now()
    conversation.save(
        update_fields=["closed_at", "closed_by", "closed_by_name", "delete_after", "waiting_on", "waiting_since"]
    )


def _add_message(conversation: Conversation, author: User, text: str) -> Message:
    message = Message(conversation=conversation, author=author, author_name=author.nickname)
    if is_serving(author, conversation):
        message.sign_as_staff(author)
    message.text = text
    message.save()
    return message
