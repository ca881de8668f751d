"""The receipt of a private conversation without an account: who knows its code sits at the table."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import ClassVar, Self

from django.contrib.auth.hashers import check_password, make_password
from django.db import models
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from accounts.digests import keyed_digest, known_digests
from accounts.models import PingAddress
from forum.models.conversation import Conversation

_PURPOSE = "receipt code"
SHOWN_AGAIN = timedelta(minutes=2)


def new_door() -> str:
    return secrets.token_urlsafe(16)


class ReceiptQuerySet(models.QuerySet["Receipt"]):
    """Nobody lists receipts; each is found by the digest of its code, or is that of a conversation."""

    @sensitive_variables()
    def opened_with(self, code: str) -> Receipt | None:
        """The receipt with this code, or None. As much work for a code that nobody has."""
        found = self.filter(lookup__in=known_digests(_PURPOSE, code)).first()
        fits = check_password(code, found.code_hash if found else _nobodys_hash())
        return found if found and fits else None

    def behind(self, pk: int, door: str) -> Self:
        """The receipt, as long as nobody has left its room since."""
        return self.filter(pk=pk, door=door)


class Receipt(models.Model):
    conversation = models.OneToOneField(Conversation, on_delete=models.CASCADE, related_name="receipt")
    # A keyed digest to find it by, useless without the SECRET_KEY; and what proves the code: Argon2.
    lookup = models.CharField(max_length=64, unique=True, editable=False)
    code_hash = models.CharField(max_length=128, editable=False)
    # Stands in the cookies that open the room; a new one closes all of them.
    door = models.CharField(max_length=22, default=new_door, editable=False)
    # Where to write that there is an answer: one table away, and known to accounts alone.
    ping = models.OneToOneField(
        PingAddress, null=True, editable=False, on_delete=models.SET_NULL, related_name="receipt"
    )
    created_at = models.DateTimeField(default=timezone.now)

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return f"Receipt {self.pk}"

    @sensitive_variables()
    def keep(self, code: str) -> None:
        """Puts digest and hash of the code in; does not save."""
        self.lookup, self.code_hash = keyed_digest(_PURPOSE, code), make_password(code)

    @sensitive_variables()
    def is_of(self, code: str) -> bool:
        return self.lookup in known_digests(_PURPOSE, code)

    @property
    def is_seen(self) -> bool:
        """Whether so much time has gone by that its code is not shown again, as after a double click it is."""
        return self.created_at < timezone.now() - SHOWN_AGAIN

    def shut(self) -> None:
        """Whoever is in the room by this receipt is out with their next click, on every device."""
        self.door = new_door()
        self.save(update_fields=["door"])


_nobodys: dict[str, str] = {}


def _nobodys_hash() -> str:
    """Fits no code; made once by the hasher that is in use, so that it takes as long as a real one."""
    return _nobodys.setdefault("hash", make_password(secrets.token_urlsafe(32)))
