"""Asked again: who says so, who decided it, and what went from one page to the other with it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.models.post import actor, actor_name
from forum.models.question import Question


class Joining(models.TextChoices):
    MARK = "mark", _("Asked before")
    MERGE = "merge", _("Merged")


class DuplicateVote(models.Model):
    """One customer says that a question repeats another; a vote for each person and question."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="duplicate_votes")
    original = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="duplicate_votes")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["question", "user"], name="duplicate_vote_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} says that {self.question_id} repeats {self.original_id}"


class Repetition(models.Model):
    """The log of what was joined and taken apart: one row an act, which is never deleted but says who undid it."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="repetitions")
    original = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=5, choices=Joining.choices)
    # Nobody where customers decided it by their votes, or an import brought it.
    made_by = actor()
    made_by_name = actor_name()
    by_votes = models.BooleanField(default=False)
    reason = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True)
    undone_by = actor()
    undone_by_name = actor_name()
    undone_reason = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        ordering: ClassVar[list[str]] = ["made_at", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["question", "kind"], condition=models.Q(undone_at=None), name="repetition_once_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.question_id} with {self.original_id}"


class Carried(models.Model):
    """A row that went along, by its table and key, so that it can come back; it outlives neither act nor question."""

    repetition = models.ForeignKey(Repetition, on_delete=models.CASCADE, related_name="carried")
    what = models.CharField(max_length=12)
    row = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.what} {self.row}"
