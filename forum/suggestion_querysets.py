"""Who sees what somebody was shown before they asked: the team, of what each of them may read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from forum.querysets import Viewer

M = TypeVar("M", bound=models.Model)


class SuggestionQuerySet(models.QuerySet[M]):
    def public(self) -> Self:
        return self.none()

    def visible_to(self, user: Viewer) -> Self:
        if not (user.is_authenticated and user.is_staff):
            return self.none()
        questions: Any = apps.get_model("forum", "Question").objects.visible_to(user)
        entries: Any = apps.get_model("forum", "FaqEntry").objects.visible_to(user)
        return self.filter(Q(entry__in=entries.values("pk")) | Q(found__in=questions.values("pk")))
