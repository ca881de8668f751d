"""What the tables of the private channel hold of people (settings.PERSONAL_DATA)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.holdings import Holding
from accounts.models import User
from forum import crypto
from forum.models import Conversation, Message


def _conversations(user: User) -> Any:
    return Conversation._base_manager.filter(customer=user).order_by("created_at").select_related("topic")


def _messages(user: User) -> Any:
    """Both sides of one's own conversations; what staff wrote to others is those others'."""
    mine = Message._base_manager.filter(conversation__customer=user).order_by("conversation_id", "created_at")
    return mine.select_related("conversation", "author").iterator(chunk_size=200)


def _openings(row: Conversation) -> list[dict[str, Any]]:
    return [{"name": entry.staff_name, "read_at": entry.read_at} for entry in row.accesses.all()]


def _clear_text(row: Message) -> str | None:
    """None when the key is gone: the rest of the copy is worth having all the same."""
    try:
        return row.text
    except crypto.CannotDecrypt:
        return None


HOLDINGS = [
    Holding(
        "forum.Conversation",
        section="conversations",
        title=_("Your private conversations"),
        of=_conversations,
        owner=("customer", "customer_name"),
        actors=(("closed_by", "closed_by_name"), ("assigned_to", "")),
        plain=("id", "topic", "origin_question", "waiting_on", "waiting_since", "promised_at", "promised_with"),
        left_out=("wrapped_key", "sealed_subject"),
        shown=("created_at", "last_message_at", "closed_at", "delete_after"),
        derived={
            "conversation": lambda row: str(row.pk), "topic": lambda row: row.topic.name,
            "subject": lambda row: row.legible_subject, "opened_by": _openings,
        },
    ),
    Holding(
        "forum.Message",
        section="messages",
        title=_("What was written in them"),
        of=_messages,
        actors=(("author", "author_name"),),
        plain=("id", "conversation", "staff_card"),
        left_out=("sealed_text",),
        shown=("created_at", "read_at", "posted_as_name", "posted_as_role", "posted_as_sign_off"),
        derived={
            "conversation": lambda row: str(row.conversation_id), "from": lambda row: row.shown_name,
            "text": _clear_text,
        },
    ),
    Holding(
        "forum.HealthConsent",
        section="health_consents",
        title=_("Your consents to read about your health"),
        owner=("user", ""),
        plain=("id", "conversation"),
        shown=("text_version", "text", "language", "given_at", "withdrawn_at"),
        derived={"conversation": lambda row: str(row.conversation_id)},
    ),
    # Who holds a receipt has no account; who takes the room over into one holds none any more.
    Holding(
        "forum.Receipt", plain=("id", "conversation", "ping", "created_at"), left_out=("lookup", "code_hash", "door")
    ),
    Holding(
        "forum.AccessLog",
        section="openings",
        title=_("Private conversations you opened"),
        owner=("staff", "staff_name"),
        plain=("id", "conversation"),
        shown=("read_at",),
    ),
]  # fmt: skip
