"""The gate of the FAQ: what of it may this person see?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Count, Q
from django.utils import timezone

from forum.querysets import standing

if TYPE_CHECKING:
    from forum.querysets import Viewer

M = TypeVar("M", bound=models.Model)


class FaqEntryQuerySet(models.QuerySet[M]):
    def public(self) -> Self:
        return self.filter(published_at__isnull=False, retired_at=None)

    def visible_to(self, user: Viewer) -> Self:
        return self.all() if user.is_authenticated and user.is_staff else self.public()

    def drafts(self) -> Self:
        return self.filter(published_at=None, retired_at=None)

    def retired(self) -> Self:
        return self.exclude(retired_at=None)

    def review_due(self) -> Self:
        return self.public().filter(review_due_on__lte=timezone.localdate())

    def in_state(self, state: str) -> Self:
        """`draft`, `published`, `due` for another look, or `retired`."""
        states = {"draft": self.drafts, "published": self.public, "due": self.review_due, "retired": self.retired}
        return states[state]()

    def counts_by_state(self, states: Iterable[str]) -> dict[str, int]:
        """How many entries each state has, in one query."""
        parts = {state: Q(pk__in=self.in_state(state).order_by().values("pk")) for state in states}
        return self.order_by().aggregate(**{state: Count("pk", filter=part) for state, part in parts.items()})


class FaqRevisionQuerySet(models.QuerySet[M]):
    def public(self) -> Self:
        """Visitors read an entry as it is; how it came to that is the editors' affair."""
        return self.none()

    def visible_to(self, user: Viewer) -> Self:
        return self.all() if user.is_authenticated and user.is_staff else self.public()


class FaqSourceQuerySet(models.QuerySet[M]):
    def public(self) -> Self:
        published = Q(entry__published_at__isnull=False, entry__retired_at=None)
        asked = Q(question__isnull=False) & standing("question__")
        return self.filter(published, asked | _agreed_to())

    def visible_to(self, user: Viewer) -> Self:
        """For staff also the sources of drafts, as far as they may see the question itself."""
        if not (user.is_authenticated and user.is_staff):
            return self.public()
        questions: Any = apps.get_model("forum", "Question").objects
        return self.filter(Q(question__in=questions.visible_to(user)) | _agreed_to())


def _agreed_to() -> Q:
    """From a private conversation whose customer has said yes. Everybody reads that, and nothing of what was said."""
    return Q(question=None, consent__isnull=False, consent__withdrawn_at=None)
