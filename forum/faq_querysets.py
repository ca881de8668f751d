"""The gate of the FAQ: what of it may this person see?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from forum.querysets import standing
from forum.rows_beside import rows_beside

if TYPE_CHECKING:
    from accounts.models import User
    from forum.querysets import Viewer

M = TypeVar("M", bound=models.Model)

_SOURCE = (
    "id", "added_at", "objected_at", "consent_id", "question__id", "question__public_id", "question__slug",
    "question__title", "question__language", "answer__id", "answer__public_id",
)  # fmt: skip
_REASON = ("id", "reason", "opened_at")


class FaqEntryQuerySet(models.QuerySet[M]):
    def public(self) -> Self:
        return self.filter(published_at__isnull=False, retired_at=None)

    def visible_to(self, user: Viewer) -> Self:
        return self.all() if user.is_authenticated and user.is_staff else self.public()

    def drafts(self) -> Self:
        return self.filter(published_at=None, retired_at=None)

    def retired(self) -> Self:
        return self.exclude(retired_at=None)

    def submitted(self) -> Self:
        """Drafts that wait for somebody else to publish them."""
        return self.drafts().exclude(submitted_at=None)

    def review_due(self) -> Self:
        """Published, and to be looked at again: for a reason, or because the day has come."""
        return self.public().filter(_day_has_come() | Exists(_open_rechecks()))

    def in_state(self, state: str) -> Self:
        """`draft`, `submitted` for somebody else to publish, `published`, `due` for another look, or `retired`."""
        states = {
            "draft": self.drafts,
            "submitted": self.submitted,
            "published": self.public,
            "due": self.review_due,
            "retired": self.retired,
        }
        return states[state]()

    def with_last_writer(self) -> Self:
        """Adds `last_writer`: the key of whoever wrote the words it has now."""
        revisions: Any = apps.get_model("forum", "FaqRevision").objects
        newest = revisions.filter(entry=OuterRef("pk")).order_by("-number").values("edited_by")[:1]
        number = models.BigIntegerField()
        return self.annotate(last_writer=Coalesce(Subquery(newest), F("author"), output_field=number))

    def with_workshop(self, user: Viewer) -> Self:
        """What forum.faq_workshop needs of an entry: its topic, `last_writer`, `sources_beside`, `reasons_beside`."""
        sources: Any = apps.get_model("forum", "FaqSource").objects
        reasons: Any = apps.get_model("forum", "FaqRecheck").objects
        rows = self.select_related("topic", "merged_into").defer("merged_into__text", "merged_into__html")
        return rows.with_last_writer().annotate(
            sources_beside=rows_beside(sources.visible_to(user).filter(entry=OuterRef("pk")), *_SOURCE),
            reasons_beside=rows_beside(reasons.visible_to(user).open().filter(entry=OuterRef("pk")), *_REASON),
        )

    def with_recheck_mark(self) -> Self:
        """Adds `is_rechecked`: whether readers should know that somebody looks at it again."""
        doubts = _open_rechecks().exclude(reason="objection")
        return self.annotate(is_rechecked=Exists(doubts))

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
        asked = Q(question__isnull=False, objected_at=None) & standing("question__")
        return self.filter(published, asked | _agreed_to())

    def own(self, user: User) -> Self:
        """Of questions that this person asked, linked or not."""
        return self.filter(question__author=user)

    def visible_to(self, user: Viewer) -> Self:
        """For staff also the sources of drafts, as far as they may see the question itself."""
        if not (user.is_authenticated and user.is_staff):
            return self.public()
        questions: Any = apps.get_model("forum", "Question").objects
        return self.filter(Q(question__in=questions.visible_to(user)) | _agreed_to())


class FaqRecheckQuerySet(models.QuerySet[M]):
    def public(self) -> Self:
        """Readers see that an entry is looked at again, and not why."""
        return self.none()

    def visible_to(self, user: Viewer) -> Self:
        return self.all() if user.is_authenticated and user.is_staff else self.public()

    def open(self) -> Self:
        return self.filter(cleared_at=None)


class FaqFeedbackQuerySet(models.QuerySet[M]):
    def public(self) -> Self:
        return self.none()

    def visible_to(self, user: Viewer) -> Self:
        return self.all() if user.is_authenticated and user.is_staff else self.public()


def _day_has_come() -> Q:
    return Q(review_due_on__lte=timezone.localdate())


def _open_rechecks() -> models.QuerySet[Any]:
    rechecks: Any = apps.get_model("forum", "FaqRecheck").objects
    opened: models.QuerySet[Any] = rechecks.open().filter(entry=OuterRef("pk")).order_by()
    return opened


def _agreed_to() -> Q:
    """From a private conversation whose customer has said yes. Everybody reads that, and nothing of what was said."""
    return Q(question=None, consent__isnull=False, consent__withdrawn_at=None)
