"""Entries that were merged: which one answers now, and which ones it took in."""

from __future__ import annotations

from django.db.models.expressions import RawSQL

from forum.models import FaqEntry

# Django has no words for a query that goes on with what it found.
_FAMILY = """
    WITH RECURSIVE family(id) AS (
        SELECT id FROM forum_faqentry WHERE id = %s
        UNION SELECT merged.id FROM forum_faqentry merged JOIN family ON merged.merged_into_id = family.id
    ) SELECT id FROM family
"""


def successor(entry: FaqEntry) -> FaqEntry:
    """The entry that answers in its place; itself where it was not merged.

    It ends: what was merged is never merged into, nor once more (forum.actions.faq_merging).
    """
    while entry.merged_into:
        entry = entry.merged_into
    return entry


def family(entry: FaqEntry) -> RawSQL:
    """For `__in`: the keys of the entry and of all that were merged into it, also by way of others."""
    return RawSQL(_FAMILY, [entry.pk])  # noqa: S611 - all but the key is ours


def public_successor(slug: str) -> FaqEntry | None:
    """Where the address of a merged entry leads; None when that is not public, or there is no such entry."""
    merged = FaqEntry.objects.filter(slug=slug).exclude(merged_into=None).first()
    return FaqEntry.objects.public().filter(pk=successor(merged).pk).first() if merged else None
