"""What the doors between public and private hold of people (settings.PERSONAL_DATA)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.holdings import Holding
from accounts.models import User
from accounts.site import absolute_url
from forum.models import Door, PublicConsent, PublicDraft


def _doors(user: User) -> Any:
    return Door.objects.filter(question__author=user).order_by("pk").select_related("question")


def _drafts(user: User) -> Any:
    return PublicDraft.objects.filter(conversation__customer=user).order_by("pk").select_related("conversation")


def _consents(user: User) -> Any:
    return PublicConsent.objects.filter(user=user).order_by("pk").select_related("question", "entry")


def _words(row: PublicDraft) -> dict[str, str] | None:
    words = row.legible_words
    return words._asdict() if words else None


def _address(row: PublicConsent) -> str | None:
    """Of what was published, as long as it is."""
    published = None if row.withdrawn_at else row.published
    return absolute_url(published.get_absolute_url()) if published else None


HOLDINGS = [
    Holding(
        "forum.Door",
        section="doors",
        title=_("Questions of yours that went on in private"),
        of=_doors,
        actors=(("opened_by", "opened_by_name"), ("outcome_by", "outcome_by_name")),
        acts={
            "opened_by": _("Asked somebody to go on in private"),
            "outcome_by": _("Proposed a sentence on how it ended"),
        },
        plain=("id", "question", "conversation", "opened_by_role"),
        left_out=("wrapped_key", "sealed_text", "sealed_outcome"),
        shown=("reason", "opened_at", "agreed_at", "declined_at", "outcome", "outcome_proposed_at",
               "outcome_agreed_at", "outcome_declined_at", "outcome_withdrawn_at"),
        derived={
            "address": lambda row: absolute_url(row.question.get_absolute_url()),
            "proposed_outcome": lambda row: row.legible_outcome,
        },
        texts=("outcome",),
        thread=lambda row: row.question_id,
    ),
    Holding(
        "forum.PublicDraft",
        section="public_drafts",
        title=_("Texts we asked you to let us publish"),
        of=_drafts,
        actors=(("drafted_by", "drafted_by_name"),),
        acts={"drafted_by": _("Asked somebody whether a text may be published")},
        plain=("id", "conversation", "language", "version"),
        left_out=("sealed_words",),
        shown=("kind", "offered_at", "returned_at", "declined_at", "published_at"),
        derived={"words": _words},
    ),
    Holding(
        "forum.PublicConsent",
        section="public_consents",
        title=_("What you let us publish"),
        of=_consents,
        owner=("user", "user_name"),
        plain=("id", "conversation", "question", "entry"),
        shown=("under", "text_version", "text_digest", "given_at", "withdrawn_at"),
        derived={"address": _address},
    ),
]  # fmt: skip
