"""What stands beside an entry while the team works on it: sources, tasks, what readers said, and its relatives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, Sum

from forum.faq_merged import family
from forum.faq_review import asks_for_two
from forum.faq_versions import group_of
from forum.models import Company, DemandMet, FaqEntry, FaqFeedback, FaqRecheck, FaqSource
from forum.rows_beside import numbers_beside, rows_of

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


def workshop(user: User, entry: FaqEntry, company: Company) -> dict[str, Any]:
    """Nothing of it is there before an entry is; `entry` comes from `visible_to(user).with_workshop(user)`."""
    if entry._state.adding:
        return {"said": Said()}
    row: Any = entry
    sources: list[FaqSource] = rows_of(FaqSource, row.sources_beside)
    reasons: list[FaqRecheck] = rows_of(FaqRecheck, row.reasons_beside)
    relatives = _relatives(user, entry)
    return {
        "sources": sorted(sources, key=lambda source: (source.added_at, source.pk)),
        "reasons": sorted(reasons, key=lambda reason: (reason.opened_at, reason.pk)),
        "said": said_of(entry),
        "versions": [one for one in relatives if one.is_version],  # type: ignore[attr-defined]
        "merged": [one for one in relatives if one.merged_into_id == entry.pk],
        "is_for_others": row.last_writer == user.pk and asks_for_two(entry, company),
    }


def _relatives(user: User, entry: FaqEntry) -> list[FaqEntry]:
    """Its versions in other languages, and what was merged into it."""
    versions = group_of(entry)
    rows = FaqEntry.objects.visible_to(user).filter(versions | Q(merged_into=entry.pk)).annotate(is_version=versions)
    return list(rows.only("title", "language", "published_at", "retired_at", "merged_into", "merged_at"))


def said_of(entry: FaqEntry) -> Said:
    """Together with what was said of entries that were merged into it."""
    among = family(entry)
    no, since = Q(is_helpful=False), Q(entry=entry, created_at__gt=entry.checked_at or entry.created_at)
    said = numbers_beside(
        FaqFeedback.objects.filter(entry__in=among),
        helpful=Count("pk", filter=Q(is_helpful=True)),
        unhelpful=Count("pk", filter=no),
        unhelpful_since=Count("pk", filter=since & no),
        words=Count("pk", filter=~Q(text="")),
    )
    met = numbers_beside(DemandMet.objects.filter(entry__in=among), solved=Sum("count", default=0))
    numbers = FaqEntry.objects.filter(pk=entry.pk).values_list(said, met)[0]
    return Said(**{name: number for column in numbers for name, number in column.items()})
