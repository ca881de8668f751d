"""Which answer of a question an entry would be made from."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from forum.models import Acceptance, Answer, Question


def best_first() -> QuerySet[Answer]:
    """Public answers that are accepted or of the team; accepted ones first, then the oldest."""
    accepted = Acceptance.objects.filter(answer=OuterRef("pk"), undone_at=None)
    answers: Any = Answer.objects.public().annotate(is_accepted=Exists(accepted))
    worthy: QuerySet[Answer] = (answers.filter(is_accepted=True) | answers.exclude(posted_as_name="")).order_by(
        "-is_accepted", "created_at", "pk"
    )
    return worthy


def best_answer(question: Question) -> Answer | None:
    return best_first().filter(question=question).first()
