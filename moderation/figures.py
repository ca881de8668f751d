"""Counts for the public: notices, and decisions by kind and rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.utils.functional import Promise

from forum.models.post import Rule
from moderation.models import LogEntry, Notice, Verb


@dataclass(frozen=True)
class Figures:
    notices: int
    open_notices: int
    decisions: list[tuple[str, int]]  # how often, by what was decided
    removals: list[tuple[str, int]]  # how often, by rule


def figures() -> Figures:
    return Figures(
        notices=Notice.objects.count(),
        open_notices=Notice.objects.open().count(),
        decisions=_counted("verb", Verb.choices),
        removals=_counted("rule", Rule.choices, verb__in=[Verb.HIDE, Verb.HIDE_VERSION]),
    )


def _counted(field: str, choices: Sequence[tuple[str, str | Promise]], **only: Any) -> list[tuple[str, int]]:
    """In the order of the choices; what never happened counts nought, so that the table says so."""
    counts = dict(LogEntry.objects.filter(**only).order_by().values_list(field).annotate(Count("pk")))
    return [(str(label), counts.get(value, 0)) for value, label in choices]
