"""An address that is written to a few times, by somebody without an account, and then forgotten."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.utils import timezone

from accounts.crypto import CannotDecrypt, seal, unseal

# Letters to one address, and days, after which it is deleted.
LETTERS = 10
KEPT = timedelta(days=180)


class PingAddress(models.Model):
    """Sealed with a key of its own, bound to this row; says nothing of what the letters are about."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sealed_address = models.TextField(editable=False)
    language = models.CharField(max_length=10, blank=True)
    letters_left = models.PositiveSmallIntegerField(default=LETTERS)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["created_at"]

    def __str__(self) -> str:
        return f"Ping address {self.pk}"

    @classmethod
    def keep(cls, address: str, language: str) -> PingAddress:
        """Stores the address. Raises nothing for one that no letter can reach: nobody is told whether it arrives."""
        row = cls(language=language)
        row.sealed_address = seal(address, bound_to=row._place)
        row.save()
        return row

    @property
    def address(self) -> str:
        """In clear; empty when its master key is missing, for then nobody can be written to."""
        try:
            return unseal(self.sealed_address, bound_to=self._place)
        except CannotDecrypt:
            return ""

    @property
    def _place(self) -> str:
        return f"ping:{self.pk}"

    def count_letter(self) -> None:
        """One letter less; after the last the address is gone."""
        PingAddress.objects.filter(pk=self.pk).update(letters_left=models.F("letters_left") - 1)
        PingAddress.objects.filter(pk=self.pk, letters_left=0).delete()
