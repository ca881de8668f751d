"""Work for the worker that is no letter: a row, written with its cause and claimed like a letter."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.utils import timezone

# Minutes until the next try; after the last one the job counts as failed.
RETRY_MINUTES = (1, 10, 60)
# A worker that dies holds its job no longer than this.
LEASE = timedelta(minutes=10)


class JobQuerySet(models.QuerySet["Job"]):
    def open(self) -> JobQuerySet:
        return self.filter(done_at=None, failed_at=None)

    def due(self, now: datetime) -> JobQuerySet:
        return self.open().filter(due_at__lte=now)


class Job(models.Model):
    kind = models.CharField(max_length=40)
    # Identifiers, never text: what is done is decided when it is done.
    payload = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=200, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["due_at"], name="job_due", condition=models.Q(done_at=None, failed_at=None))
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"

    def claim(self, now: datetime) -> bool:
        """True when this worker, and no other, now holds the job for LEASE.

        The attempt is counted here and not when it fails: a job that takes its worker with it would be tried for ever.
        """
        mine = Job.objects.open().filter(pk=self.pk, due_at=self.due_at)
        return mine.update(due_at=now + LEASE, attempts=models.F("attempts") + 1) == 1

    @property
    def is_killing(self) -> bool:
        """Every try was begun and none came back: each took its worker with it."""
        return self.attempts > len(RETRY_MINUTES) + 1

    def mark_done(self, now: datetime) -> None:
        self.done_at = now
        self.save(update_fields=["done_at"])

    def mark_going_on(self, now: datetime) -> None:
        """Part of it is done, and the rest is next: no try has failed."""
        self.due_at, self.attempts = now, 0
        self.save(update_fields=["due_at", "attempts"])

    def mark_failed_try(self, now: datetime, error: str) -> None:
        """Plans the next try, or gives up after the last one."""
        self.last_error = error[:200]
        if self.attempts > len(RETRY_MINUTES):
            self.failed_at = now
        else:
            self.due_at = now + timedelta(minutes=RETRY_MINUTES[self.attempts - 1])
        self.save(update_fields=["last_error", "failed_at", "due_at"])
