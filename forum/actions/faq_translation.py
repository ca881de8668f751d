"""The German and the English version of an entry: joined, parted, and the second one begun."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from forum.actions.faq import new_address
from forum.actions.uploads import claim_uploads
from forum.faq_versions import group_of
from forum.models import FaqEntry


class CannotJoin(Exception):
    """They speak the same language, one of them has a version in that language already, or one is merged."""


@transaction.atomic
def join_versions(*, entry: FaqEntry, other: FaqEntry) -> None:
    """They are the same entry in two languages from now on; a second click changes nothing. Raises CannotJoin."""
    _hold(entry, other)
    first = entry.translation_of_id or entry.pk
    if other.translation_of_id == first or entry.translation_of_id == other.pk:
        return
    if not can_join(entry, other):
        raise CannotJoin
    other.translation_of_id = first
    other.save(update_fields=["translation_of"])


def can_join(entry: FaqEntry, other: FaqEntry) -> bool:
    spoken = {entry.language, *FaqEntry.objects.filter(group_of(entry)).values_list("language", flat=True)}
    is_alone = not FaqEntry.objects.filter(group_of(other)).exists()
    return other.language not in spoken and is_alone and not (entry.is_merged or other.is_merged)


@transaction.atomic
def part_versions(*, entry: FaqEntry) -> None:
    """Each stands by itself again; nothing else of them changes."""
    FaqEntry.objects.filter(group_of(entry), translation_of=entry).update(translation_of=None)
    entry.translation_of = None
    entry.save(update_fields=["translation_of"])


@transaction.atomic
def begin_version(*, entry: FaqEntry, language: str, by: User) -> FaqEntry:
    """A draft with the words of the entry, to be written anew in the language; a second click finds it.

    Raises CannotJoin when it would be the same language.
    """
    _hold(entry)
    there = FaqEntry.objects.filter(group_of(entry), language=language).first()
    if there:
        return there
    if language == entry.language or entry.is_merged:
        raise CannotJoin
    draft = FaqEntry(topic=entry.topic, language=language, title=entry.title, position=entry.position)
    draft.slug, draft.author, draft.author_name = new_address(entry.title), by, by.public_name
    draft.review_due_on, draft.translation_of_id = entry.review_due_on, entry.translation_of_id or entry.pk
    draft.write(entry.text)
    draft.save()
    claim_uploads(post=draft, writer=by)
    return draft


def _hold(*entries: FaqEntry) -> None:
    for entry in sorted(entries, key=lambda one: one.pk):
        rows = FaqEntry.objects.select_for_update(no_key=True)
        entry.refresh_from_db(fields=["language", "translation_of", "merged_into"], from_queryset=rows)
