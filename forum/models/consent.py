"""Consent to read what somebody writes about their health (GDPR, Articles 7 and 9(2)(a))."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from forum.models.conversation import Conversation

if TYPE_CHECKING:
    from accounts.models import User

# Which words somebody agreed to. Whoever changes them changes the version with them, and everybody is asked anew.
CONSENT_VERSION = "2026-11"


def consent_text(company: str) -> str:
    """In the active language, and with the name of who reads it."""
    return _(
        "I agree that %(company)s and the people named beside the topic read and use what I write here about my "
        "health, and about other matters that the law protects in the same way, in order to answer me. I can take this "
        "back at any time in the conversation; it is then closed and deleted."
    ) % {"company": company}


class HealthConsentQuerySet(models.QuerySet["HealthConsent"]):
    def standing(self) -> Self:
        return self.filter(withdrawn_at=None)

    def withdrawn(self) -> Self:
        return self.exclude(withdrawn_at=None)

    def to_the_words_of_today(self) -> Self:
        return self.standing().filter(text_version=CONSENT_VERSION)

    def record(self, conversation: Conversation, user: User | None, text: str, language: str) -> None:
        """Notes it once, with the words it was given to; one that stands already is left as it is."""
        self.get_or_create(
            conversation=conversation,
            text_version=CONSENT_VERSION,
            withdrawn_at=None,
            defaults={"user": user, "text": text, "language": language},
        )


class HealthConsent(models.Model):
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="health_consents")
    # Nobody where somebody wrote without an account: then the conversation alone says whose it is.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="health_consents"
    )
    text_version = models.CharField(max_length=20)
    text = models.TextField()
    language = models.CharField(max_length=10)
    given_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True)

    objects = HealthConsentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["given_at", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["conversation", "text_version"],
                condition=models.Q(withdrawn_at=None),
                name="health_consent_once_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"Health consent {self.pk}"

    @property
    def is_to_the_words_of_today(self) -> bool:
        return self.withdrawn_at is None and self.text_version == CONSENT_VERSION
