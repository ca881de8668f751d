"""What stands beside an entry while the team works on it: sources, tasks, what readers said, and its relatives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, Sum

from forum.faq_merged import family
from forum.faq_review import must_not_publish
from forum.faq_versions import group_of
from forum.models import DemandMet, FaqEntry, FaqFeedback, FaqRecheck, FaqSource

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class Said:
    """What readers said of an entry, and how much of it since it was last checked.

    `solved` counts those whom it spared a question of their own.
    """

    helpful: int = 0
    unhelpful: int = 0
    unhelpful_since: int = 0
    words: int = 0
    solved: int = 0

    @property
    def total(self) -> int:
        return self.helpful + self.unhelpful


def workshop(user: User, entry: FaqEntry) -> dict[str, Any]:
    """Nothing of it is there before an entry is."""
    if entry._state.adding:
        return {"said": Said()}
    entries = FaqEntry.objects.visible_to(user)
    sources = FaqSource.objects.visible_to(user).filter(entry=entry.pk).order_by("added_at", "pk")
    return {
        "sources": sources.select_related("question", "answer"),
        "reasons": list(FaqRecheck.objects.visible_to(user).open().filter(entry=entry.pk)),
        "said": said_of(entry),
        "versions": list(entries.filter(group_of(entry)).only("title", "language", "published_at", "retired_at")),
        "merged": list(entries.filter(merged_into=entry.pk).only("title", "merged_at", "merged_by_name")),
        "is_for_others": must_not_publish(entry, user),
    }


def said_of(entry: FaqEntry) -> Said:
    """Together with what was said of entries that were merged into it."""
    among = family(entry)
    since = Q(entry=entry, created_at__gt=entry.checked_at or entry.created_at)
    numbers = FaqFeedback.objects.filter(entry__in=among).aggregate(
        helpful=Count("pk", filter=Q(is_helpful=True)),
        unhelpful=Count("pk", filter=Q(is_helpful=False)),
        unhelpful_since=Count("pk", filter=since & Q(is_helpful=False)),
        words=Count("pk", filter=~Q(text="")),
    )
    solved = DemandMet.objects.filter(entry__in=among).aggregate(n=Sum("count"))["n"] or 0
    return Said(**numbers, solved=solved)
