"""Entries that were merged: which one answers now, and which ones it took in."""

from __future__ import annotations

from collections.abc import Iterable

from forum.models import FaqEntry


def successor(entry: FaqEntry) -> FaqEntry:
    """The entry that answers in its place; itself where it was not merged.

    It ends: what was merged is never merged into, nor once more (forum.actions.faq_merging).
    """
    while entry.merged_into:
        entry = entry.merged_into
    return entry


def family(entry: FaqEntry) -> list[int]:
    """The keys of the entry and of all that were merged into it, also by way of others."""
    keys = layer = [entry.pk]
    while layer := _merged_into(layer):
        keys = [*keys, *layer]
    return keys


def _merged_into(keys: Iterable[int]) -> list[int]:
    return list(FaqEntry.objects.filter(merged_into__in=keys).values_list("pk", flat=True))


def public_successor(slug: str) -> FaqEntry | None:
    """Where the address of a merged entry leads; None when that is not public, or there is no such entry."""
    merged = FaqEntry.objects.filter(slug=slug).exclude(merged_into=None).first()
    return FaqEntry.objects.public().filter(pk=successor(merged).pk).first() if merged else None
