"""The questions behind an entry: found, taken off again, and what their askers say to it."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from forum import faq_letters
from forum.actions.faq import EntryMerged, EntryRemoved
from forum.actions.faq_drift import open_recheck
from forum.models import Answer, FaqEntry, FaqSource, Question, RecheckReason


@transaction.atomic
def add_source(*, entry: FaqEntry, question: Question, by: User, answer: Answer | None = None) -> FaqSource:
    """The entry answers this question as well; its asker is told as soon as the entry is public.

    The text stays as it is. A second click finds the same source. Raises EntryRemoved.
    """
    held = FaqEntry.objects.select_for_update(no_key=True).get(pk=entry.pk)
    if held.is_merged:
        raise EntryMerged
    if held.is_hidden:
        raise EntryRemoved
    # What a customer let out of a private conversation ends with their consent, wherever it went from there.
    consent = question.public_consents.standing().first()
    said = {"answer": answer, "consent": consent, "added_by": by}
    source, _is_new = FaqSource.objects.get_or_create(entry=held, question=question, defaults=said)
    if held.is_published:
        faq_letters.tell_askers(held)
    return source


@transaction.atomic
def remove_source(*, source: FaqSource) -> None:
    """It was added by mistake; adding it once more brings it back, and tells the asker anew.

    What rests on a customer's consent stays noted: with the consent the entry ends.
    """
    if source.consent_id is None:
        source.delete()


@transaction.atomic
def object_to_link(*, source: FaqSource) -> None:
    """The asker does not want their questions linked from the entry: gone at the next request, and the team is told.

    The text is the company's own; that it names nobody is what the team then looks after.
    """
    if _of_same_asker(source).filter(objected_at=None).update(objected_at=timezone.now(), credited_at=None):
        source.refresh_from_db(fields=["objected_at"])
        open_recheck(entry=source.entry, reason=RecheckReason.OBJECTION)
        faq_letters.tell_of_objection(source)


@transaction.atomic
def allow_link(*, source: FaqSource) -> None:
    """The asker has changed their mind."""
    _of_same_asker(source).update(objected_at=None)


@transaction.atomic
def set_credit(*, source: FaqSource, on: bool) -> None:
    """Whether the asker's nickname stands beside their questions; nobody is named without having asked for it."""
    _of_same_asker(source).filter(objected_at=None).update(credited_at=timezone.now() if on else None)


def _of_same_asker(source: FaqSource) -> QuerySet[FaqSource]:
    """All of theirs behind the entry, held until the end: one word about one of them is meant for all."""
    asker = source.question.author_id if source.question else None
    mine = FaqSource.objects.filter(entry=source.entry_id, question__author=asker, question__author__isnull=False)
    keys = list(mine.select_for_update(no_key=True, of=("self",)).values_list("pk", flat=True))
    return FaqSource.objects.filter(pk__in=keys)
