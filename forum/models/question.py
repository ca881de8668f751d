"""A question asked in public, and the computed words that say where it stands."""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.addresses import address
from forum.models.identifiers import slug_of
from forum.models.post import Post, actor, actor_name
from forum.models.service_calendar import ServiceCalendar
from forum.models.topic import Topic
from forum.thread_querysets import ThreadQuerySet


class WaitingOn(models.TextChoices):
    NOBODY = "", _("Settled")
    US = "us", _("Waiting for us")
    ASKER = "asker", _("Waiting for the asker")


class Status(NamedTuple):
    """One thing that is true of a question; also the name of its icon."""

    key: str

    @property
    def label(self) -> str:
        return str(STATUS_LABELS[self.key])

    @property
    def icon(self) -> str:
        return self.key


STATUS_LABELS = {
    "hidden": _("Removed"),
    "held": _("Being reviewed"),
    "duplicate": _("Asked before"),
    "closed": _("Closed"),
    "accepted": _("Answer accepted"),
    "faq": _("Now in the FAQ"),
    "answered": _("Answered by staff"),
    "waiting-us": _("Waiting for us"),
    "waiting-asker": _("Waiting for the asker"),
    "open": _("Open"),
}


class Question(Post):
    kind: ClassVar[str] = "question"

    title = models.CharField(_("title"), max_length=150)
    slug = models.SlugField(max_length=80, editable=False, db_index=False)
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="questions", verbose_name=_("topic"))
    language = models.CharField(max_length=2, default="de")
    waiting_on = models.CharField(max_length=5, choices=WaitingOn.choices, blank=True, default=WaitingOn.US)
    waiting_since = models.DateTimeField(null=True, blank=True)
    asker_replied_at = models.DateTimeField(null=True, blank=True)
    promised_at = models.DateTimeField(null=True, blank=True)
    promised_with = models.ForeignKey(
        ServiceCalendar, null=True, editable=False, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    first_staff_answer_at = models.DateTimeField(null=True, blank=True)
    answer_count = models.PositiveIntegerField(default=0)
    accepted_count = models.PositiveIntegerField(default=0)
    metoo_count = models.PositiveIntegerField(default=0)
    last_activity_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = actor()
    closed_by_name = actor_name()
    closed_reason = models.CharField(max_length=200, blank=True, default="")
    duplicate_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="duplicates"
    )
    # No full index: a planner that takes "is null" for rare would sort every question by it.
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="merged", db_index=False
    )

    objects = ThreadQuerySet.as_manager()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["-last_activity_at", "-public_id"], name="question_by_activity"),
            models.Index(fields=["-created_at", "-public_id"], name="question_by_age"),
            models.Index(fields=["-metoo_count", "-public_id"], name="question_by_demand"),
            models.Index(fields=["topic", "-last_activity_at", "-public_id"], name="question_by_topic"),
            models.Index(fields=["merged_into"], name="question_merged", condition=~models.Q(merged_into=None)),
            # The two lists of the Desk: few rows, however many questions there are.
            models.Index(
                fields=["promised_at"],
                name="question_on_desk",
                condition=models.Q(waiting_on="us") | models.Q(asker_replied_at__isnull=False),
            ),
            models.Index(fields=["waiting_since"], name="question_with_asker", condition=models.Q(waiting_on="asker")),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(duplicate_of=None) | ~models.Q(duplicate_of=models.F("id")),
                name="question_not_its_own_duplicate",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address("forum:question_detail", self.public_id, self.slug)

    def write_title(self, title: str) -> None:
        """Sets the title and its words for the address; does not save."""
        self.title, self.slug = title, slug_of(title)

    def wait_on(self, whom: str) -> None:
        """Whose turn it is, by somebody's explicit choice; does not save."""
        self.waiting_on = whom
        self.waiting_since = timezone.now() if whom else None
        self.asker_replied_at = None

    @property
    def words(self) -> str:
        return f"{self.title}\n{self.text}"

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    @property
    def awaits_staff(self) -> bool:
        return not (self.closed_at or self.hidden_at or self.held_at) and (
            self.waiting_on == WaitingOn.US or self.asker_replied_at is not None
        )

    @property
    def is_overdue(self) -> bool:
        return bool(self.awaits_staff and self.promised_at and self.promised_at < timezone.now())

    @property
    def statuses(self) -> list[Status]:
        """All that is true of the question at this moment, most important first; several may hold at once."""
        facts = {
            "hidden": self.is_hidden,
            "held": self.is_held,
            "duplicate": bool(self.duplicate_of_id),
            "closed": self.is_closed,
            "accepted": self.accepted_count > 0,
            "faq": bool(getattr(self, "in_faq", False)),
            "answered": not self.accepted_count and self.first_staff_answer_at is not None,
            "waiting-us": self.awaits_staff,
            "waiting-asker": (
                not self.closed_at and self.waiting_on == WaitingOn.ASKER and self.asker_replied_at is None
            ),
        }
        keys = [key for key, holds in facts.items() if holds] or ["open"]
        return [Status(key) for key in keys]
