"""From private to public: an anonymised question and answer, and the customer's consent to publish exactly that.

Nothing of a conversation is ever turned public. What is published is a new thing, made of the text that stood before
the customer at the click.
"""

from __future__ import annotations

import hashlib
import json
from typing import ClassVar, NamedTuple

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum import crypto
from forum.door_querysets import PublicConsentQuerySet, PublicDraftQuerySet
from forum.models.conversation import Conversation
from forum.models.faq import FaqEntry
from forum.models.post import actor, actor_name, nickname_of, unnamed
from forum.models.question import Question


class PublicKind(models.TextChoices):
    QUESTION = "question", _("A public question with our answer")
    FAQ = "faq", _("An entry in the FAQ")


class Under(models.TextChoices):
    """Under which name it is published."""

    NICKNAME = "nickname", _("Under the nickname")
    CUSTOMER = "customer", _("As “a customer”")


class PublicWords(NamedTuple):
    title: str
    text: str  # of the question; an entry of the FAQ has none
    answer: str

    @property
    def digest(self) -> str:
        """By which it can be shown later what exactly was agreed to."""
        return hashlib.sha256(json.dumps(self).encode()).hexdigest()


class PublicDraft(models.Model):
    """One for each conversation, for ever: who has said no is not asked again."""

    conversation = models.OneToOneField(Conversation, on_delete=models.CASCADE, related_name="public_draft")
    kind = models.CharField(max_length=10, choices=PublicKind.choices)
    language = models.CharField(max_length=2)
    # With the key of the conversation: who destroys that destroys this.
    sealed_words = models.BinaryField(editable=False)
    # Counted up by every change: the customer's click says which one they saw.
    version = models.PositiveIntegerField(default=1)
    drafted_by = actor()
    drafted_by_name = actor_name()
    offered_at = models.DateTimeField(default=timezone.now)
    # The customer has changed something that we must look at first.
    returned_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)

    objects = PublicDraftQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(declined_at=None) | models.Q(published_at=None), name="public_draft_decided_once"
            )
        ]

    def __str__(self) -> str:
        return f"Public draft {self.pk}"

    @property
    def words(self) -> PublicWords:
        """Raises crypto.CannotDecrypt."""
        plain = crypto.decrypt(bytes(self.conversation.wrapped_key), bytes(self.sealed_words), bound_to=self._place)
        return PublicWords(*json.loads(plain))

    @words.setter
    def words(self, words: PublicWords) -> None:
        self.sealed_words = crypto.encrypt(
            bytes(self.conversation.wrapped_key), json.dumps(words), bound_to=self._place
        )

    @property
    def legible_words(self) -> PublicWords | None:
        """None when they can not be decrypted."""
        try:
            return self.words
        except crypto.CannotDecrypt:
            return None

    @property
    def _place(self) -> str:
        return f"public:{self.conversation_id}"

    @property
    def is_undecided(self) -> bool:
        return self.declined_at is None and self.published_at is None

    @property
    def awaits_customer(self) -> bool:
        return self.is_undecided and self.returned_at is None

    @property
    def awaits_staff(self) -> bool:
        return self.is_undecided and self.returned_at is not None


class PublicConsent(models.Model):
    """Who agreed to which text, when, and under which name; what became of it, and when it was taken back."""

    conversation = models.OneToOneField(
        Conversation, null=True, on_delete=models.SET_NULL, related_name="public_consent"
    )
    # Nobody where somebody wrote without an account.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="public_consents"
    )
    user_name = actor_name()
    under = models.CharField(max_length=10, choices=Under.choices)
    text_version = models.PositiveIntegerField()
    text_digest = models.CharField(max_length=64)
    given_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True)
    question = models.ForeignKey(Question, null=True, on_delete=models.SET_NULL, related_name="public_consents")
    entry = models.ForeignKey(FaqEntry, null=True, on_delete=models.SET_NULL, related_name="public_consents")

    objects = PublicConsentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-given_at", "-pk"]

    def __str__(self) -> str:
        return f"Consent to a publication {self.pk}"

    @property
    def shown_name(self) -> str:
        """For everybody."""
        return nickname_of(self.user, "") if self.under == Under.NICKNAME and self.user else unnamed()

    @property
    def published(self) -> Question | FaqEntry | None:
        """What it allowed, as long as that is there."""
        return self.question or self.entry
