"""What happens to an entry once it is there: readers say whether it helped, and what it rests on changes."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.faq_querysets import FaqFeedbackQuerySet, FaqRecheckQuerySet
from forum.models.faq import FaqEntry
from forum.models.post import actor, actor_name


class RecheckReason(models.TextChoices):
    """Why somebody has to look at an entry again."""

    EDITED = "edited", _("An answer it was made from was changed")
    UNACCEPTED = "unaccepted", _("An answer it was made from does not settle its question any more")
    HIDDEN = "hidden", _("What it was made from was removed")
    ERASED = "erased", _("What it was made from was erased by its author")
    UNHELPFUL = "unhelpful", _("Several readers found it not helpful")
    REVIEW = "review", _("The day for checking it has come")
    UNREVIEWED = "unreviewed", _("It was changed, and nobody else has looked at it yet")
    OBJECTION = "objection", _("An asker does not want to be linked: please see that the text does not name them")


# Says nothing about whether the text is right, so readers are not told.
NO_DOUBT = (RecheckReason.OBJECTION,)


class FaqRecheck(models.Model):
    """A task on the Desk. The published text stays as it is until somebody of the team has looked at it."""

    entry = models.ForeignKey(FaqEntry, on_delete=models.CASCADE, related_name="rechecks")
    reason = models.CharField(max_length=12, choices=RecheckReason.choices)
    opened_at = models.DateTimeField(default=timezone.now)
    cleared_at = models.DateTimeField(null=True)
    cleared_by = actor()
    cleared_by_name = actor_name()

    objects = FaqRecheckQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["opened_at", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["entry", "reason"], condition=models.Q(cleared_at=None), name="faq_recheck_once_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"Recheck of {self.entry_id}"


class FaqFeedback(models.Model):
    """Whether an entry helped somebody. Of whom it came nothing is kept: no account, no address, no cookie."""

    MAX_LENGTH = 1_000

    entry = models.ForeignKey(FaqEntry, on_delete=models.CASCADE, related_name="feedback")
    is_helpful = models.BooleanField()
    # Only the team reads it, and only for a while (forum.retention).
    text = models.TextField(max_length=MAX_LENGTH, blank=True, default="")
    created_at = models.DateTimeField(default=timezone.now)

    objects = FaqFeedbackQuerySet.as_manager()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["entry", "created_at"], name="faq_feedback_age")]

    def __str__(self) -> str:
        return f"Feedback on {self.entry_id}"


class FaqDismissal(models.Model):
    """The team does not want an entry for this; it is proposed again when twice as many ask for it."""

    # What was proposed, as forum.faq_candidates names it: "question:<public id>", "topic:<key>", "search:<words>".
    subject = models.CharField(max_length=200, unique=True)
    demand = models.PositiveIntegerField()
    dismissed_at = models.DateTimeField(default=timezone.now)
    dismissed_by = actor()
    dismissed_by_name = actor_name()

    def __str__(self) -> str:
        return f"No entry for {self.subject}"
