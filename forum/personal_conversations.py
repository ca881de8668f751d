"""What the tables of the private channel hold of people (settings.PERSONAL_DATA)."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.holdings import Holding
from accounts.models import User
from forum import crypto
from forum.actions.attachments import opened
from forum.models import Attachment, Conversation, Message, RoomNote


def _conversations(user: User) -> Any:
    return Conversation._base_manager.filter(customer=user).order_by("created_at").select_related("topic")


def _messages(user: User) -> Any:
    """Both sides of one's own conversations; what staff wrote to others is those others'."""
    mine = Message._base_manager.filter(conversation__customer=user).order_by("conversation_id", "created_at")
    return mine.select_related("conversation", "author").iterator(chunk_size=200)


def _openings(row: Conversation) -> list[dict[str, Any]]:
    return [
        {"name": entry.staff_name, "role": entry.staff_role, "read_at": entry.read_at} for entry in row.accesses.all()
    ]


def _kept_by_law(row: Conversation) -> bool:
    return row.holds.filter(ended_at=None).exists()


def _attachments(user: User) -> Any:
    """Of both sides, as with messages; and what the person has added to one that is not sent."""
    mine = Q(conversation__customer=user, is_sent=True) | Q(author=user, is_sent=False)
    removed = Q(message__hidden_at__isnull=False) & ~Q(message__posted_as_name="")
    rows = Attachment._base_manager.filter(mine).exclude(removed).select_related("conversation")
    return rows.order_by("created_at", "pk").iterator(chunk_size=200)


def _content(row: Attachment) -> tuple[str, Iterable[bytes]] | None:
    """The first chunk is opened here: what can not be read leaves the rest of the copy whole."""
    try:
        content = opened(row)
        return f"{row.pk}-{row.name}", chain([next(content)], content)
    except (crypto.CannotDecrypt, OSError):
        return None


def _notes(user: User) -> Any:
    """One's own words about what others wrote."""
    return RoomNote._base_manager.filter(author=user).order_by("created_at").select_related("conversation")


def _clear_text(row: Message | RoomNote) -> str | None:
    """None when the key is gone: the rest of the copy is worth having all the same.

    And of what staff wrote and a decision removed; one's own words are one's own.
    """
    if isinstance(row, Message) and row.hidden_at and row.is_by_staff:
        return None
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
        acts={
            "closed_by": _("Closed a private conversation"),
            "assigned_to": _("Is in charge of a private conversation"),
        },
        plain=("id", "topic", "origin_question", "waiting_on", "waiting_since", "promised_at", "promised_with",
               "is_rated"),
        left_out=("wrapped_key", "sealed_subject"),
        shown=("created_at", "last_message_at", "closed_at", "delete_after"),
        derived={
            "conversation": lambda row: str(row.pk), "topic": lambda row: row.topic.name,
            "subject": lambda row: row.legible_subject, "opened_by": _openings, "kept_by_law": _kept_by_law,
        },
    ),
    Holding(
        "forum.Message",
        section="messages",
        title=_("What was written in them"),
        of=_messages,
        actors=(("author", "author_name"),),
        acts={"author": _("Wrote in a private conversation")},
        plain=("id", "conversation", "staff_card"),
        left_out=("sealed_text", "sealed_html"),
        shown=("created_at", "read_at", "hidden_at", "hidden_rule", "posted_as_name", "posted_as_role",
               "posted_as_sign_off"),
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
        shown=("read_at", "staff_role"),
    ),
    Holding(
        "forum.Attachment",
        section="attachments",
        title=_("Pictures and files in them"),
        of=_attachments,
        actors=(("author", ""),),
        acts={"author": _("Attached a file in a private conversation")},
        plain=("id", "conversation", "message", "is_sent", "kind"),
        left_out=("sealed_name", "file"),
        shown=("created_at", "size", "width", "height"),
        derived={"conversation": lambda row: str(row.conversation_id), "name": lambda row: row.legible_name,
                 "kind": lambda row: row.get_kind_display()},
        enclosed=_content,
    ),
    Holding(
        "forum.RoomNote",
        section="room_notes",
        title=_("Notes you made on private conversations"),
        of=_notes,
        owner=("author", "author_name"),
        actors=(("handed_to", "handed_to_name"),),
        acts={"handed_to": _("Was handed a private conversation")},
        plain=("id", "conversation"),
        left_out=("sealed_text",),
        shown=("created_at", "is_handing_over"),
        derived={"conversation": lambda row: str(row.conversation_id), "text": _clear_text},
    ),
    # The reasons are the company's, about what a court or an authority wants.
    Holding(
        "forum.LegalHold",
        actors=(("placed_by", "placed_by_name"), ("ended_by", "ended_by_name")),
        acts={
            "placed_by": _("Had a private conversation kept by law"),
            "ended_by": _("Ended that a private conversation is kept by law"),
        },
        plain=("id", "conversation", "number", "placed_at", "ended_at", "is_deletion_due"),
        left_out=("sealed_reason", "sealed_end_reason"),
    ),
    # A number for each topic and answer: whose it was can not be told.
    Holding("forum.Satisfaction", plain=("id", "topic", "answer", "count")),
]  # fmt: skip
