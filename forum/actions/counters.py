"""Counts are counted, never added up, and one after the other: they can not drift."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from forum.actions.threads import hold_threads
from forum.models import Acceptance, Answer, MeToo, Question


def recount(question: Question) -> None:
    """Sets the counters of the question from what is public at this moment."""
    _wait_for_others(Question.objects.filter(pk=question.pk))
    answers = Answer.objects.public().filter(question=question)
    first_staff = answers.exclude(posted_as_name="").order_by("created_at").first()
    question.answer_count = answers.count()
    question.accepted_count = Acceptance.objects.public().filter(answer__question=question).count()
    question.metoo_count = demand_for(question)
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


def recount_demand(keys: Iterable[int]) -> None:
    """How many people have these questions, and those that they repeat."""
    repeated = Question._base_manager.filter(duplicates__in=list(keys)).values_list("pk", flat=True)
    every = {*keys, *repeated}
    hold_threads(*every)
    for question in Question._base_manager.filter(pk__in=every).only("author_id").order_by("pk"):
        Question._base_manager.filter(pk=question.pk).update(metoo_count=demand_for(question))


def demand_for(question: Question) -> int:
    """How many people but its asker have this question, each once: also who asked it again or has what repeats it."""
    asker = question.author_id or 0
    people = MeToo.objects.exclude(user=asker).order_by()
    askers = Question._base_manager.filter(duplicate_of=question.pk).exclude(author=None).exclude(author=asker)
    own, theirs = people.filter(question=question.pk), people.filter(question__duplicate_of=question.pk)
    return own.values("user").union(theirs.values("user"), askers.order_by().values("author")).count()


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
