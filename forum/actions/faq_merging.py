"""Two entries become one: the other's address leads there, and all of it can be undone."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from forum import faq_letters
from forum.faq_merged import family
from forum.models import FaqEntry, FaqSource
from forum.search.documents import index_entry


class CannotMerge(Exception):
    """It is the same, speaks another language, or one of them is removed, merged or retired already."""


@transaction.atomic
def merge_entries(*, entry: FaqEntry, into: FaqEntry, by: User) -> None:
    """Retires `entry` in favour of the other: its sources go there, its versions and what readers said stay with it.

    The text of the other stays as it is. A second click changes nothing. Raises CannotMerge.
    """
    _hold(entry, into)
    if entry.merged_into_id == into.pk:
        return
    if not can_merge(entry, into):
        raise CannotMerge
    now = timezone.now()
    entry.merged_into, entry.merged_at, entry.merged_by, entry.merged_by_name = into, now, by, by.public_name
    entry.retired_at, entry.submitted_at = entry.retired_at or now, None
    entry.save(update_fields=["merged_into", "merged_at", "merged_by", "merged_by_name", "retired_at", "submitted_at"])
    # A question that stands behind both stays where it is, for one entry knows it once.
    known = into.sources.exclude(question=None).values("question")
    moved = entry.sources.exclude(question__in=list(known.values_list("question", flat=True)))
    moved.filter(first_entry=None).update(first_entry=entry)
    moved.update(entry=into)
    index_entry(entry)
    if into.is_published:
        faq_letters.tell_askers(into)


def can_merge(entry: FaqEntry, into: FaqEntry) -> bool:
    """What was merged is neither merged again nor merged into, so the way from an old address always ends."""
    speak_alike = entry.pk != into.pk and entry.language == into.language
    stands = not (entry.is_merged or entry.is_hidden or into.is_merged or into.is_hidden or into.retired_at)
    return speak_alike and stands


@transaction.atomic
def undo_merge(*, entry: FaqEntry) -> None:
    """Brings the entry back as what it was, with its sources, wherever they went since.

    Where a consent was taken back meanwhile it stays retired. A second click changes nothing. Raises CannotMerge for
    what was removed.
    """
    _hold(entry)
    if not entry.is_merged:
        return
    if entry.is_hidden:
        raise CannotMerge
    among = family(entry)
    for source in FaqSource.objects.filter(first_entry__in=among).select_for_update(no_key=True, of=("self",)):
        source.entry = entry
        source.first_entry_id = None if source.first_entry_id == entry.pk else source.first_entry_id
        source.save(update_fields=["entry", "first_entry"])
    taken_back = entry.sources.filter(consent__withdrawn_at__isnull=False).exists()
    if entry.retired_at == entry.merged_at and not taken_back:
        entry.retired_at = None
    entry.merged_into, entry.merged_at, entry.merged_by, entry.merged_by_name = None, None, None, ""
    entry.save(update_fields=["merged_into", "merged_at", "merged_by", "merged_by_name", "retired_at"])
    index_entry(entry)


def _hold(*entries: FaqEntry) -> None:
    """As they are now, until the end of the transaction; always in the same order, so that nobody waits for ever."""
    facts = ["published_at", "retired_at", "hidden_at", "merged_into", "merged_at", "submitted_at", "language"]
    for entry in sorted(entries, key=lambda one: one.pk):
        entry.refresh_from_db(fields=facts, from_queryset=FaqEntry.objects.select_for_update(no_key=True))
