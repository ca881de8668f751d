"""A person's consent to show a portrait or a name of their own on the staff card (GDPR, Articles 6(1)(a) and 7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from accounts.models.user import User

# Which words somebody agreed to. Whoever changes them in CONSENT_TEXTS changes the version with them.
CONSENT_VERSION = "2026-11"


class Shown(models.TextChoices):
    NAME = "name", _("Name")
    PORTRAIT = "portrait", _("Portrait")


CONSENT_TEXTS = {
    Shown.NAME: _("My own name. I agree that everybody sees it with my answers. I can take that back at any time."),
    Shown.PORTRAIT: _(
        "The picture shows me, and I agree that everybody sees it with my answers. I can take that back at any time."
    ),
}


class CardConsentQuerySet(models.QuerySet["CardConsent"]):
    def standing_of(self, user: User) -> CardConsentQuerySet:
        return self.filter(user=user, withdrawn_at=None)

    def given_by(self, user: User, to: str) -> CardConsentQuerySet:
        return self.standing_of(user).filter(to=to)

    def record(self, user: User, to: str) -> None:
        """Notes the consent once, with the words it was given to; one that stands already is left as it is."""
        self.get_or_create(user=user, to=to, withdrawn_at=None, defaults={"text_version": CONSENT_VERSION})

    def withdraw(self, user: User, to: str) -> None:
        self.given_by(user, to).update(withdrawn_at=timezone.now())


class CardConsent(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="card_consents")
    to = models.CharField(max_length=10, choices=Shown.choices)
    text_version = models.CharField(max_length=20)
    given_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True)

    objects = CardConsentQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["user", "to"], condition=models.Q(withdrawn_at=None), name="card_consent_once_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.to} by #{self.user_id}"
