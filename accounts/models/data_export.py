"""A copy of everything the site holds of a person, made for that person (GDPR, Articles 15 and 20)."""

from __future__ import annotations

import secrets
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models.job import Job


def new_name() -> str:
    """32 digits, 128 random bits."""
    return secrets.token_hex(16)


class DataExportQuerySet(models.QuerySet["DataExport"]):
    def lying(self) -> DataExportQuerySet:
        """Those whose file is still there."""
        return self.filter(deleted_at=None).exclude(ready_at=None)

    def with_files(self) -> DataExportQuerySet:
        """Those whose file is there, or is being written."""
        return self.filter(Q(ready_at=None, job__done_at=None, job__failed_at=None) | Q(pk__in=self.lying()))

    def over(self, now: datetime) -> DataExportQuerySet:
        return self.lying().filter(expires_at__lte=now)

    def to_fetch(self, now: datetime) -> DataExportQuerySet:
        return self.lying().filter(expires_at__gt=now)


class DataExport(models.Model):
    public_id = models.CharField(max_length=32, unique=True, default=new_name)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="exports")
    job = models.OneToOneField(Job, null=True, on_delete=models.SET_NULL, related_name="export")
    requested_at = models.DateTimeField(default=timezone.now)
    ready_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)
    size = models.PositiveBigIntegerField(default=0, help_text="Bytes.")

    objects = DataExportQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Export {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("accounts:data_file", args=[self.public_id])

    @property
    def path(self) -> Path:
        """Outside the folder of pictures: no address but one's own leads there."""
        return Path(settings.EXPORTS_DIR) / f"{self.public_id}.zip"

    @property
    def unfinished(self) -> Path:
        return self.path.with_suffix(".part")

    @property
    def state(self) -> str:
        """`ready`, `expired`, `failed` or `making`."""
        if self.ready_at:
            over = self.deleted_at or (self.expires_at and self.expires_at <= timezone.now())
            return "expired" if over else "ready"
        return "failed" if self.job is None or self.job.failed_at else "making"

    def delete_file(self, now: datetime) -> None:
        """In the order in which they come to be, so that a worker who renames the one to the other leaves neither."""
        self.unfinished.unlink(missing_ok=True)
        self.path.unlink(missing_ok=True)
        self.deleted_at = now
        self.save(update_fields=["deleted_at"])
