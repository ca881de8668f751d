"""What is held of people who said, or decided, that something was asked before (settings.PERSONAL_DATA)."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.holdings import Holding
from accounts.models import User
from accounts.site import absolute_url
from forum.models import DuplicateVote, Repetition


def _votes(user: User) -> Any:
    return DuplicateVote.objects.filter(user=user).order_by("pk").select_related("question")


def _address(row: DuplicateVote) -> str:
    """Without the words of the title: the question may be hidden since."""
    return absolute_url(reverse("forum:question_detail", args=[row.question.public_id]))


def _thread(row: Repetition) -> int:
    return row.question_id


HOLDINGS = [
    Holding(
        "forum.DuplicateVote",
        section="duplicate_votes",
        title=_("Questions you said were asked before"),
        of=_votes,
        owner=("user", ""),
        plain=("id", "question", "original"),
        shown=("created_at",),
        derived={"address": _address},
    ),
    Holding(
        "forum.Repetition",
        actors=(("made_by", "made_by_name"), ("undone_by", "undone_by_name")),
        acts={
            "made_by": _("Marked a question as asked before, or merged it"),
            "undone_by": _("Took such a mark or merging back"),
        },
        plain=("id", "question", "original", "kind", "by_votes", "reason", "made_at", "undone_at", "undone_reason"),
        texts=("reason", "undone_reason"),
        thread=_thread,
    ),
    Holding("forum.Carried", plain=("id", "repetition", "what", "row")),
    # What a question's asker was shown before; of them it says no more than that they asked it.
    Holding("forum.Suggestion", plain=("id", "question", "entry", "found", "was_read")),
    Holding("forum.DemandMet", plain=("id", "day", "entry", "found", "count")),
    Holding("forum.Reading", plain=("id", "question", "day", "count")),
]
