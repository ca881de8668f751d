"""What somebody was shown before they asked, and how often that was enough."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from forum.models.faq import FaqEntry
from forum.models.question import Question
from forum.suggestion_querysets import SuggestionQuerySet

_ONE_OF_BOTH = models.Q(entry=None) ^ models.Q(found=None)


class Suggestion(models.Model):
    """Shown above the form, and asked all the same: staff see why it did not help."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="suggestions")
    entry = models.ForeignKey(FaqEntry, null=True, on_delete=models.CASCADE, related_name="+")
    found = models.ForeignKey(Question, null=True, on_delete=models.CASCADE, related_name="+")
    # The asker says so, by opening it or by ticking the box: nothing watches.
    was_read = models.BooleanField(default=False)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=_ONE_OF_BOTH, name="suggestion_of_one_thing"),
        ]

    def __str__(self) -> str:
        return f"Shown before {self.question_id}"


class DemandMet(models.Model):
    """How many people found that this solves it, by day: a number, and nobody behind it."""

    day = models.DateField()
    entry = models.ForeignKey(FaqEntry, null=True, on_delete=models.CASCADE, related_name="demand_met")
    found = models.ForeignKey(Question, null=True, on_delete=models.CASCADE, related_name="demand_met")
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=_ONE_OF_BOTH, name="demand_met_by_one_thing"),
            models.UniqueConstraint(fields=["entry", "day"], name="demand_met_by_entry"),
            models.UniqueConstraint(fields=["found", "day"], name="demand_met_by_question"),
        ]

    def __str__(self) -> str:
        return f"{self.count} on {self.day}"
