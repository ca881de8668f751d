"""The outbox: a letter is a row, written with its cause and sent by the worker."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

# Minutes until the next try; after the last one the letter counts as failed and is shown to the owner.
RETRY_MINUTES = (1, 5, 15, 60, 180, 360, 720, 1440)
# A worker that dies holds its letters no longer than this; longer than a slow mail server takes for one letter.
LEASE = timedelta(minutes=5)


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    def open(self) -> OutgoingMailQuerySet:
        return self.filter(sent_at=None, dropped_at=None, failed_at=None)

    def due(self, now: datetime) -> OutgoingMailQuerySet:
        return self.open().filter(due_at__lte=now)


class OutgoingMail(models.Model):
    kind = models.CharField(max_length=40)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE)
    address = models.EmailField(
        blank=True, help_text="Where it goes when not to the recipient's own address; emptied after sending."
    )
    payload = models.JSONField(default=dict)
    language = models.CharField(max_length=10, blank=True)
    message_id = models.CharField(max_length=120, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=200, blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["due_at"],
                name="outgoing_mail_due",
                condition=models.Q(sent_at=None, dropped_at=None, failed_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"

    def claim(self, now: datetime) -> bool:
        """True when this worker, and no other, now holds the letter for LEASE."""
        return OutgoingMail.objects.open().filter(pk=self.pk, due_at=self.due_at).update(due_at=now + LEASE) == 1

    def mark_sent(self, now: datetime) -> None:
        self._settle(sent_at=now)

    def mark_dropped(self, now: datetime) -> None:
        self._settle(dropped_at=now)

    def mark_failed_try(self, now: datetime, error: str) -> None:
        """Plans the next try, or gives up after the last one."""
        self.attempts += 1
        self.last_error = error[:200]
        if self.attempts > len(RETRY_MINUTES):
            self._settle(failed_at=now)
        else:
            self.due_at = now + timedelta(minutes=RETRY_MINUTES[self.attempts - 1])
            self.save(update_fields=["attempts", "last_error", "due_at"])

    def _settle(self, **stamp: datetime) -> None:
        # What the letter was about and where it went is of no use any more, so it is not kept.
        for name, value in stamp.items():
            setattr(self, name, value)
        self.payload, self.address = {}, ""
        self.save(update_fields=[*stamp, "payload", "address", "attempts", "last_error"])
