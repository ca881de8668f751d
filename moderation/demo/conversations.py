"""Two private conversations, encrypted like real ones."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

from accounts.models import User
from forum.models import AccessLog, Conversation, Message, Question
from moderation.demo.clock import duration
from moderation.demo.records import Record, read
from moderation.demo.stage import Stage

READING = timedelta(minutes=6)  # staff open a conversation so long before they answer


def load_conversations(stage: Stage) -> None:
    for record in read("conversations.toml")["conversation"]:
        _conversation(stage, record)


def _conversation(stage: Stage, record: Record) -> None:
    customer = stage.people[record["customer"]]
    origin = stage.posts.get(record.get("question", ""))
    conversation = Conversation(
        topic=stage.topics[record["topic"]],
        customer=customer,
        customer_name=customer.nickname,
        origin_question=origin if isinstance(origin, Question) else None,
        assigned_to=stage.people[record["staff"]],
        waiting_on=record["waiting_on"],
        created_at=stage.clock.moment(customer, stage.clock.ago(record["ago"])),
    )
    conversation.subject = record["subject"]
    conversation.save()
    messages = _messages(stage, conversation, record["message"])
    _settle(stage, conversation, messages)


def _messages(stage: Stage, conversation: Conversation, records: list[Record]) -> list[Message]:
    messages: list[Message] = []
    for record in records:
        author = stage.people[record["author"]]
        at = _moment(stage, author, record, messages[-1].created_at if messages else conversation.created_at)
        messages.append(_message(conversation, author, record["text"].strip(), at))
        if author.is_staff:
            _read(conversation, author, at - READING)
    for message, reply in pairwise(messages):
        message.read_at = reply.created_at - READING
    Message.objects.bulk_create(messages)
    return messages


def _moment(stage: Stage, author: User, record: Record, last: datetime) -> datetime:
    wish = stage.clock.ago(record["ago"]) if "ago" in record else last + duration(record["after"])
    return stage.clock.moment(author, wish, last if wish != last else None)


def _message(conversation: Conversation, author: User, text: str, at: datetime) -> Message:
    message = Message(conversation=conversation, author=author, author_name=author.nickname, created_at=at)
    if author.is_staff:
        message.sign_as_staff(author)
    message.text = text
    return message


def _read(conversation: Conversation, staff: User, at: datetime) -> None:
    AccessLog.objects.create(conversation=conversation, staff=staff, staff_name=staff.public_name, read_at=at)


def _settle(stage: Stage, conversation: Conversation, messages: list[Message]) -> None:
    conversation.last_message_at = conversation.waiting_since = messages[-1].created_at
    asked_last = max(message.created_at for message in messages if not message.is_by_staff)
    conversation.promised_at = stage.clock.due(asked_last)
    conversation.save()
