"""An invitation to the team: sent to an address, good for one person, one time and one week."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.models.user import Role, User

VALID_FOR = timedelta(days=7)
# After that long nobody asks any more; the grant itself stands in the log of the team (RoleChange).
KEPT_FOR = timedelta(days=90)


class State(models.TextChoices):
    PENDING = "pending", _("Pending")
    ACCEPTED = "accepted", _("Accepted")
    EXPIRED = "expired", _("Expired")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def pending(self) -> InvitationQuerySet:
        backed = self.filter(invited_by__in=User.objects.owners())
        return backed.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=timezone.now())

    def settled(self) -> InvitationQuerySet:
        """Those whose link opens nothing any more."""
        return self.exclude(pk__in=self.model._default_manager.all().pending().values("pk"))

    def called_by(self, token: str) -> Invitation | None:
        """The invitation that this link belongs to, whatever became of it."""
        return self.select_related("invited_by").filter(token_hash=_hash(token)).first()


class Invitation(models.Model):
    email = models.EmailField(_("e-mail address"))
    role = models.CharField(_("role"), max_length=10, choices=Role.choices)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    invited_by_name = models.CharField(max_length=60)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    # Together with the site's secret key this makes the token, so the letter can be written without keeping it.
    seed = models.CharField(max_length=43)
    token_hash = models.CharField(max_length=64, unique=True)
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    accepted_by_name = models.CharField(max_length=60, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    withdrawn_by_name = models.CharField(max_length=60, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-sent_at", "-pk"]

    def __str__(self) -> str:
        return f"Invitation #{self.pk}"

    @property
    def state(self) -> State:
        """What owners stop being able to give ends with their role, whoever took it from them."""
        if self.accepted_at:
            return State.ACCEPTED
        if self.withdrawn_at or not (self.invited_by and self.invited_by.may_manage_people):
            return State.WITHDRAWN
        return State.PENDING if self.expires_at > timezone.now() else State.EXPIRED

    @property
    def is_pending(self) -> bool:
        return self.state == State.PENDING

    def renew(self, now: datetime) -> None:
        """Gives it a new link and a new week; the link before opens nothing any more. Does not save."""
        self.seed = secrets.token_urlsafe(32)
        self.token_hash = _hash(self._token(settings.SECRET_KEY))
        self.sent_at, self.expires_at = now, now + VALID_FOR

    @property
    def token(self) -> str | None:
        """What stands in the link; None when the secret key was changed since, so that a new letter is needed."""
        for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
            token = self._token(secret)
            if constant_time_compare(_hash(token), self.token_hash):
                return token
        return None

    def accept(self, by: User, now: datetime) -> None:
        self.accepted_at, self.accepted_by, self.accepted_by_name = now, by, by.nickname
        self.save(update_fields=["accepted_at", "accepted_by", "accepted_by_name"])

    def withdraw(self, by: User, now: datetime) -> None:
        self.withdrawn_at, self.withdrawn_by, self.withdrawn_by_name = now, by, by.nickname
        self.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_by_name"])

    def _token(self, secret: str) -> str:
        """160 bits that only who knows the secret key can make, bound to this row, this sending and this address."""
        bound_to = f"{self.seed}:{self.email}"
        return salted_hmac("accounts.invitation", bound_to, secret=secret, algorithm="sha256").hexdigest()[:40]


def delete_old_invitations(now: datetime) -> None:
    """One of settings.RETENTION: an address that somebody typed here is not kept for ever."""
    Invitation.objects.settled().filter(sent_at__lte=now - KEPT_FOR).delete()


def _hash(token: str) -> str:
    return sha256(token.encode(errors="surrogatepass")).hexdigest()
