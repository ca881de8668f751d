"""A member of the staff has looked it up: this person is a customer of ours."""

from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone


class VerificationQuerySet(models.QuerySet["Verification"]):
    def current(self) -> Self:
        return self.filter(undone_at=None)


class Verification(models.Model):
    """The order number is not kept: its digest is enough to see that it vouches for nobody else."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="verifications")
    order_digest = models.CharField(max_length=64)
    verified_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    verified_by_name = models.CharField(max_length=60, blank=True, default="")
    verified_at = models.DateTimeField(default=timezone.now)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    undone_by_name = models.CharField(max_length=60, blank=True, default="")
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = VerificationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-verified_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user"], condition=models.Q(undone_at=None), name="verified_once"),
            models.UniqueConstraint(
                fields=["order_digest"], condition=models.Q(undone_at=None), name="order_vouches_for_one"
            ),
        ]

    def __str__(self) -> str:
        return f"Verification of {self.user_id}"
