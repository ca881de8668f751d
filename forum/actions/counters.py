"""Counts are counted, never added up, and one after the other: they can not drift."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from forum.models import Acceptance, Answer, Question


def recount(question: Question) -> None:
    """Sets the counters of the question from what is public at this moment."""
    _wait_for_others(Question.objects.filter(pk=question.pk))
    answers = Answer.objects.public().filter(question=question)
    first_staff = answers.exclude(posted_as_name="").order_by("created_at").first()
    question.answer_count = answers.count()
    question.accepted_count = Acceptance.objects.public().filter(answer__question=question).count()
    question.metoo_count = question.metoos.count()
    question.first_staff_answer_at = first_staff.created_at if first_staff else None
    question.save(update_fields=["answer_count", "accepted_count", "metoo_count", "first_staff_answer_at"])


def recount_all(questions: list[int]) -> None:
    """The same for many at once, by their keys, in one statement."""
    list(Question.objects.filter(pk__in=questions).order_by("pk").select_for_update(no_key=True).values_list("pk"))
    answers = Answer.objects.public().filter(question=OuterRef("pk"))
    accepted = Acceptance.objects.filter(undone_at=None, answer__in=Answer.objects.public())
    accepted = accepted.filter(answer__question=OuterRef("pk"))
    first_staff = answers.exclude(posted_as_name="").order_by("created_at").values("created_at")[:1]
    Question.objects.filter(pk__in=questions).update(
        answer_count=Coalesce(Subquery(counted(answers, "question")), 0),
        accepted_count=Coalesce(Subquery(counted(accepted, "answer__question")), 0),
        first_staff_answer_at=Subquery(first_staff),
    )


def recount_helpful(answer: Answer) -> None:
    _wait_for_others(Answer.objects.filter(pk=answer.pk))
    answer.helpful_count = answer.helpfuls.count()
    answer.save(update_fields=["helpful_count"])


def _wait_for_others(row: QuerySet[Any]) -> None:
    # Two who count at the same instant would both miss what the other has not committed yet.
    row.select_for_update(no_key=True).values_list("pk").get()


def counted(rows: QuerySet[Any], by: str) -> QuerySet[Any]:
    """A subquery that counts `rows`, already narrowed to one value of `by`; no row at all when there is none."""
    return rows.order_by().values(by).annotate(number=Count("pk")).values("number")
