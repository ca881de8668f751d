"""Where a question was found by what its answers say, the excerpt is of the answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from django.db.models import Aggregate, Case, F, OuterRef, QuerySet, Subquery, TextField, Value, When
from django.db.models.sql.compiler import SQLCompiler

from forum.models import Answer, Question

MOST = 30  # answers of a question that are looked at, the oldest
_BETWEEN = "\x1f"  # separates units, says ASCII
Q = TypeVar("Q", bound="QuerySet[Question]")


class _Joined(Aggregate):
    function = "GROUP_CONCAT"
    output_field = TextField()

    def as_postgresql(self, compiler: SQLCompiler, connection: Any, **more: Any) -> Any:
        return self.as_sql(compiler, connection, function="STRING_AGG", **more)


def with_answers(questions: Q, keys: Sequence[int]) -> Q:
    """Adds `said`: what everybody may read of the answers, in the one query that reads the questions.

    It is read for those with one of the keys, and empty for all others: most of a page is answers that nobody sees.
    """
    oldest = Answer.objects.public().filter(question=OuterRef(OuterRef("pk"))).order_by("pk").values("pk")[:MOST]
    answers = Answer.objects.public().filter(question=OuterRef("pk"), pk__in=oldest).order_by()
    said = answers.values("question").annotate(said=_Joined(F("html"), Value(_BETWEEN))).values("said")
    nothing = Value("", output_field=TextField())
    return questions.annotate(said=Case(When(pk__in=keys, then=Subquery(said)), default=nothing) if keys else nothing)


def said_in(row: Any) -> list[str]:
    """The HTML of the answers that came with a row."""
    said = getattr(row, "said", None)
    return said.split(_BETWEEN) if said else []
