"""The public log: one line for every decision, added and never changed."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.models.post import Rule, actor_name
from moderation.models.notice import TargetKind, Verb


class Party(models.TextChoices):
    """What else the moderator had to do with the case, where nobody else could decide it."""

    AUTHOR = "author", _("decided by the author of the post")
    REPORTER = "reporter", _("decided by a moderator who had reported it")


class LogEntry(models.Model):
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    actor_name = actor_name()
    verb = models.CharField(max_length=10, choices=Verb.choices)
    target_kind = models.CharField(max_length=10, choices=TargetKind.choices)
    target_id = models.CharField(max_length=80)
    version = models.PositiveIntegerField(null=True, blank=True)
    rule = models.CharField(max_length=20, choices=Rule.choices, blank=True)
    reason = models.TextField(max_length=500)
    party = models.CharField(max_length=10, choices=Party.choices, blank=True, default="", db_default="")
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-created_at", "-id"]

    def __str__(self) -> str:
        return f"{self.created_at:%Y-%m-%d} {self.verb} {self.target_kind}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises TypeError on a second save: the log is only added to."""
        if not self._state.adding:
            raise TypeError("The log is only added to.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Raises TypeError always: the log is only added to."""
        raise TypeError("The log is only added to.")
