"""That an account was erased: what is left of it, and how far the erasing has come."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone


class Erasure(models.Model):
    # Until it is finished; then the account is gone, and so are nickname, address and progress.
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="erasure"
    )
    nickname = models.CharField(max_length=20, blank=True)
    address = models.EmailField(blank=True)
    progress = models.JSONField(default=dict)
    # For ever: a restored backup must not bring the account back.
    account_digest = models.CharField(max_length=64, unique=True)
    keep_posts = models.BooleanField()
    keep_name = models.BooleanField(default=False, help_text="Of staff: the name on the card stays.")
    label = models.CharField(max_length=60, blank=True, help_text="What stands where the name stood.")
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"Erasure {self.pk}"

    def note(self, **progress: object) -> None:
        self.progress = {**self.progress, **progress}
        self.save(update_fields=["progress"])

    def finish(self) -> None:
        """Takes the account itself, and forgets what was needed to find its traces."""
        if self.account:
            self.account.delete()
        self.account, self.nickname, self.address, self.progress = None, "", "", {}
        self.finished_at = timezone.now()
        self.save()
