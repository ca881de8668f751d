"""An owner keeps a private conversation from being deleted, because the law asks for it (GDPR, Article 17(3)).

The row is the log of it, with reasons, and outlives the conversation. Whoever holds it still can not read it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.utils import timezone

from accounts.crypto import CannotDecrypt, seal, unseal
from forum.models.conversation import Conversation
from forum.models.post import actor, actor_name

if TYPE_CHECKING:
    from accounts.models import User


class LegalHold(models.Model):
    conversation = models.ForeignKey(Conversation, null=True, on_delete=models.SET_NULL, related_name="holds")
    # By which the conversation is known, also once it is gone.
    number = models.UUIDField()
    # With keys of their own: they may be read longer than the conversation is there.
    sealed_reason = models.TextField(editable=False)
    placed_at = models.DateTimeField(default=timezone.now)
    placed_by = actor()
    placed_by_name = actor_name()
    sealed_end_reason = models.TextField(blank=True, default="", editable=False)
    ended_at = models.DateTimeField(null=True)
    ended_by = actor()
    ended_by_name = actor_name()
    # The customer wanted it gone meanwhile, or erased the account: it goes when the hold ends.
    is_deletion_due = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["-placed_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["conversation"], condition=models.Q(ended_at=None), name="one_hold_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"Hold on {self.number}"

    def give_reason(self, reason: str, *, by: User) -> None:
        """Why it is held, and who says so; does not save."""
        self.placed_by, self.placed_by_name = by, by.public_name
        self.sealed_reason = seal(reason, bound_to=f"hold:{self.number}")

    def end(self, reason: str, *, by: User) -> None:
        """Why it is held no more; does not save."""
        self.ended_at, self.ended_by, self.ended_by_name = timezone.now(), by, by.public_name
        self.sealed_end_reason = seal(reason, bound_to=f"hold:{self.number}")

    @property
    def reason(self) -> str | None:
        """In clear; None when its key is missing."""
        return _opened(self.sealed_reason, self.number)

    @property
    def end_reason(self) -> str | None:
        return _opened(self.sealed_end_reason, self.number) if self.sealed_end_reason else ""


def _opened(sealed: str, number: object) -> str | None:
    try:
        return unseal(sealed, bound_to=f"hold:{number}")
    except CannotDecrypt:
        return None
