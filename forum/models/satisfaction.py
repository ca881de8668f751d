"""Whether private conversations helped: a number for each topic and answer, and nothing by which to find a person."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from forum.models.topic import Topic


class Satisfaction(models.Model):
    class Answer(models.TextChoices):
        YES = "yes", _("Yes, it helped me")
        PARTLY = "partly", _("Partly")
        NO = "no", _("No")

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="satisfaction")
    answer = models.CharField(max_length=6, choices=Answer.choices)
    # No time beside it: that of the last one would say whose it was.
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["topic", "answer"], name="satisfaction_once_an_answer")
        ]

    def __str__(self) -> str:
        return f"{self.topic}: {self.answer}"
