"""Where a question was found by what its answers say, the excerpt is of the answer."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import Aggregate, F, OuterRef, QuerySet, Subquery, TextField, Value
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


def with_answers(questions: Q) -> Q:
    """Adds `said`: what everybody may read of the answers, in the one query that reads the questions."""
    oldest = Answer.objects.public().filter(question=OuterRef(OuterRef("pk"))).order_by("pk").values("pk")[:MOST]
    answers = Answer.objects.public().filter(question=OuterRef("pk"), pk__in=oldest).order_by()
    said = answers.values("question").annotate(said=_Joined(F("html"), Value(_BETWEEN))).values("said")
    return questions.annotate(said=Subquery(said))


def said_in(row: Any) -> list[str]:
    """The HTML of the answers that came with a row."""
    said = getattr(row, "said", None)
    return said.split(_BETWEEN) if said else []
