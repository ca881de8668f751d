"""How often a question was read on a day: a number, and nobody behind it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from forum.models.question import Question


class Reading(models.Model):
    # No constraint: a release that knows nothing of these rows must be able to delete questions.
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="readings", db_constraint=False)
    day = models.DateField()
    count = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["question", "day"], name="reading_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.count} on {self.day}"
