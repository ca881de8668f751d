"""Tries to get into an account that failed: kept for a while, to be shown to its owner and to nobody else."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.utils import timezone

from accounts.digests import keyed_digest, known_digests

if TYPE_CHECKING:
    from accounts.models.user import User

_WHOSE, _NETWORK = "failed sign-in", "failed sign-in network"
A_DAY = timedelta(days=1)
# Of one account or name: whoever tries without end does not make the site write without end.
KEPT_A_DAY = 20


class FailedSignInQuerySet(models.QuerySet["FailedSignIn"]):
    def into(self, user: User) -> Self:
        """The account itself, tried by nickname or by address."""
        return self.filter(whose_digest__in=known_digests(_WHOSE, _account(user)))

    def from_network(self, network: str) -> Self:
        return self.filter(network_digest__in=known_digests(_NETWORK, network))


class FailedSignIn(models.Model):
    """Neither name nor address is kept: somebody may have typed the password where the name belongs.

    Also of names that nobody has, which nobody will ever be shown: otherwise time would tell which those are.
    """

    whose_digest = models.CharField(max_length=64)
    network_digest = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = FailedSignInQuerySet.as_manager()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["whose_digest", "at"], name="failed_sign_in_whose"),
        ]

    def __str__(self) -> str:
        return f"Failed sign-in #{self.pk}"

    @classmethod
    def note(cls, *, account: User | None, name: str, network: str) -> None:
        """One more try; beyond KEPT_A_DAY nothing is written. The same work with an account and without."""
        digest = keyed_digest(_WHOSE, _account(account) if account else f"name {name}")
        if cls.objects.filter(whose_digest=digest, at__gt=timezone.now() - A_DAY).count() < KEPT_A_DAY:
            cls.objects.create(whose_digest=digest, network_digest=keyed_digest(_NETWORK, network))


def _account(user: User) -> str:
    return f"account {user.pk}"
