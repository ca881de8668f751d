"""The same entry in German and in English: which versions there are, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Q
from django.utils.translation import get_language

from forum.middleware import written_language
from forum.models import Company, FaqEntry
from forum.site import absolute_url


def group_of(entry: FaqEntry) -> Q:
    """The versions of an entry in other languages: one was there first, the others point to it."""
    first = entry.translation_of_id or entry.pk
    return (Q(pk=first) | Q(translation_of=first)) & ~Q(pk=entry.pk)


def other_versions(entry: FaqEntry) -> list[FaqEntry]:
    """Those that everybody may read."""
    others = FaqEntry.objects.public().filter(group_of(entry)).select_related("topic")
    return list(others.only("slug", "title", "language", "topic__discreet").order_by("pk"))


def alternates(entry: FaqEntry, versions: Sequence[FaqEntry]) -> list[tuple[str, str]]:
    """Language and full address of each version, itself among them, for search engines (hreflang).

    Nothing where there is but one, or where search engines are not told of any.
    """
    if not versions or not entry.is_published or entry.topic.discreet:
        return []
    return [(version.language, absolute_url(version.get_absolute_url())) for version in (entry, *versions)]


def missing_language(entry: FaqEntry, versions: Iterable[FaqEntry], company: Company) -> str:
    """The reader's language, where the company speaks it and the entry does not; else nothing."""
    wanted = written_language(get_language() or "")
    there = {entry.language, *(version.language for version in versions)}
    return wanted if wanted in company.language_codes and wanted not in there else ""
