"""Keep what was suggested before a question, and count where that was enough."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from forum.models import DemandMet, FaqEntry, Question, Suggestion
from forum.suggestions import key_of


def keep_suggestions(*, question: Question, shown: Iterable[Question | FaqEntry], read: Iterable[str]) -> None:
    """What its asker was shown, and which of it was read (by its keys); nothing in a discreet topic."""
    if question.topic.discreet:
        return
    opened = set(read)
    rows = [_of(one, question, was_read=key_of(one) in opened) for one in shown if one != question]
    Suggestion.objects.bulk_create(rows)


def _of(one: Question | FaqEntry, question: Question, *, was_read: bool) -> Suggestion:
    said: dict[str, Any] = {"entry": one} if isinstance(one, FaqEntry) else {"found": one}
    return Suggestion(question=question, was_read=was_read, **said)


@transaction.atomic
def note_demand_met(one: Question | FaqEntry) -> None:
    """One more person today whom this helped before they asked: a number, and no person."""
    said: dict[str, Any] = {"entry": one} if isinstance(one, FaqEntry) else {"found": one}
    row, _made = DemandMet.objects.get_or_create(day=timezone.localdate(), **said)
    DemandMet.objects.filter(pk=row.pk).update(count=F("count") + 1)
