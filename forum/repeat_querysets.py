"""Which questions are the same: read beside the gate of questions, which decides who may know of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q

from forum.querysets import QuestionQuerySet
from forum.rows_beside import rows_beside

if TYPE_CHECKING:
    from accounts.models import User
    from forum.querysets import Viewer

M = TypeVar("M", bound=models.Model)

_REPETITION = (
    "id", "kind", "made_by_name", "by_votes", "reason", "made_at", "undone_at", "undone_by_name", "undone_reason",
)  # fmt: skip


class RepeatQuerySet(QuestionQuerySet[M]):
    def with_duplicate_for(self, user: Viewer) -> Self:
        """The question this one repeats, and whether this person may know of it (`duplicate_is_visible`)."""
        readable = self.model._default_manager.all().visible_to(user)  # type: ignore[attr-defined]
        return (
            self.select_related("duplicate_of")
            .defer("duplicate_of__text", "duplicate_of__html")
            .annotate(duplicate_is_visible=Exists(readable.filter(pk=OuterRef("duplicate_of"))))
        )

    def with_repeats(self) -> Self:
        """Adds `has_repeats`: whether another question is marked as the same, or was merged into this one."""
        rows = self.model._default_manager.all()
        leading = rows.filter(duplicate_of=OuterRef("pk")), rows.filter(merged_into=OuterRef("pk"))
        return self.annotate(has_repeats=Exists(leading[0]) | Exists(leading[1]))

    def repeating(self, question_pk: int) -> Self:
        """Those that are marked as the same as this one or were merged into it, oldest first."""
        return self.filter(Q(duplicate_of=question_pk) | Q(merged_into=question_pk)).order_by("created_at", "pk")

    def with_vote_of(self, user: User) -> Self:
        """Adds `has_voted`: whether this person says that it repeats another one."""
        given = apps.get_model("forum", "DuplicateVote").objects.filter(question=OuterRef("pk"), user=user)
        return self.annotate(has_voted=Exists(given))

    def with_repetitions(self) -> Self:
        """Adds `repetitions_beside`: what was joined and taken apart, and by whom. For the team alone."""
        acts = apps.get_model("forum", "Repetition").objects.filter(question=OuterRef("pk"))
        return self.annotate(repetitions_beside=rows_beside(acts, *_REPETITION))

    def voted_for(self, question_pk: int) -> Self:
        """Those that customers say this one repeats, with `votes`."""
        given = apps.get_model("forum", "DuplicateVote").objects.filter(question=question_pk, original=OuterRef("pk"))
        counted = given.order_by().values("original").annotate(number=Count("pk")).values("number")
        return self.annotate(votes=models.Subquery(counted)).exclude(votes=None).order_by("-votes", "pk")
