"""What the team keeps for itself: saved replies and notes on questions. Nobody else ever sees a row of either."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from forum.querysets import Viewer

M = TypeVar("M", bound=models.Model)


class SavedReplyQuerySet(models.QuerySet[M]):
    def visible_to(self, user: Viewer) -> Self:
        """For the team: those that all share, and one's own."""
        if not (user.is_authenticated and user.is_staff):
            return self.none()
        return self.filter(Q(is_shared=True) | Q(author=user))


class InternalNoteQuerySet(models.QuerySet[M]):
    def visible_to(self, user: Viewer) -> Self:
        """For the team, on questions that this person may read."""
        if not (user.is_authenticated and user.is_staff):
            return self.none()
        questions: Any = apps.get_model("forum", "Question").objects
        return self.filter(question__in=questions.visible_to(user))

    def on(self, question: models.Model | models.OuterRef) -> Self:
        """Those of a question that came through its own gate; oldest first."""
        return self.filter(question=question).select_related("author__staff_card").order_by("created_at", "pk")
