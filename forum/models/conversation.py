"""The private one-to-one channel: its own tables, encrypted, and no way to turn one public."""

from __future__ import annotations

import uuid
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from django.apps import apps
from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from accounts.models import StaffCard
from forum import crypto
from forum.conversation_querysets import ConversationQuerySet, MessageQuerySet
from forum.markdown import render
from forum.models.post import Rule, actor, actor_name, nickname_of
from forum.models.question import Question, WaitingOn
from forum.models.service_calendar import ServiceCalendar
from forum.models.topic import Topic
from forum.querysets import answering_people
from forum.rows_beside import rows_of

if TYPE_CHECKING:
    from accounts.models import User
    from forum.models.consent import HealthConsent


def no_account() -> str:
    """In place of a name, where somebody wrote by receipt."""
    return gettext("Without an account")


class OnHold(Exception):
    """An owner keeps it from being deleted, because the law asks for it."""


class Conversation(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="conversations")
    customer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="conversations"
    )
    customer_name = actor_name()
    origin_question = models.ForeignKey(
        Question, null=True, blank=True, on_delete=models.SET_NULL, related_name="conversations"
    )
    wrapped_key = models.BinaryField(default=crypto.new_data_key, editable=False)
    sealed_subject = models.BinaryField(editable=False)
    assigned_to = actor("assigned_conversations")
    waiting_on = models.CharField(max_length=5, choices=WaitingOn.choices, blank=True, default=WaitingOn.US)
    waiting_since = models.DateTimeField(default=timezone.now, null=True)
    promised_at = models.DateTimeField(null=True)
    promised_with = models.ForeignKey(
        ServiceCalendar, null=True, editable=False, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    created_at = models.DateTimeField(default=timezone.now)
    last_message_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True)
    closed_by = actor()
    closed_by_name = actor_name()
    delete_after = models.DateTimeField(null=True)
    # Whether the question after closing was answered; what was answered is counted apart, without the conversation.
    is_rated = models.BooleanField(default=False, db_default=False)

    # Added by with_last_opening_by().
    last_opened_at: datetime | None
    # Added by with_service().
    is_served: bool
    # Added by with_hold().
    is_on_hold: bool
    # Added by with_news().
    has_news: bool
    has_news_for_team: bool
    # Added by with_disclosures().
    consents_beside: list[dict[str, Any]] | None
    openings_beside: list[dict[str, Any]] | None

    objects = ConversationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-last_message_at"]

    def __str__(self) -> str:
        return f"Conversation {self.id}"

    def get_absolute_url(self) -> str:
        return reverse("forum:conversation_detail", args=[self.id])

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        """Raises OnHold: whoever forgets to ask can not delete it either."""
        if self.holds.filter(ended_at=None).exists():
            raise OnHold
        return super().delete(*args, **options)

    def serving_people(self) -> models.QuerySet[User]:
        """The staff who can read and answer it: those of its topic, but not the customer."""
        return answering_people().filter(served_topics=self.topic_id).exclude(pk=self.customer_id)

    @property
    def is_by_receipt(self) -> bool:
        """Opened by somebody without an account, who can be told from nobody else by any name."""
        return self.customer_id is None and not self.customer_name

    @property
    def customer_shown(self) -> str:
        """The customer's name, for who serves the topic."""
        if self.is_by_receipt:
            return no_account()
        return nickname_of(self.customer, self.customer_name)

    @property
    def subject(self) -> str:
        """The subject in clear. Raises crypto.CannotDecrypt when the key is wrong or missing."""
        return crypto.decrypt(bytes(self.wrapped_key), bytes(self.sealed_subject), bound_to=f"subject:{self.id}")

    @subject.setter
    def subject(self, value: str) -> None:
        self.sealed_subject = crypto.encrypt(bytes(self.wrapped_key), value, bound_to=f"subject:{self.id}")

    @property
    def legible_subject(self) -> str | None:
        """The subject, or None when it can not be decrypted: one damaged row must not take a list with it."""
        try:
            return self.subject
        except crypto.CannotDecrypt:
            return None

    @cached_property
    def consents(self) -> list[HealthConsent]:
        """To read about health, the first given first, with those taken back. Needs with_disclosures()."""
        given = rows_of(apps.get_model("forum", "HealthConsent"), self.consents_beside)
        return sorted(given, key=lambda consent: consent.given_at)

    @property
    def openings(self) -> list[AccessLog]:
        """By somebody of the staff, the last first. Needs with_disclosures()."""
        return sorted(rows_of(AccessLog, self.openings_beside), key=lambda opening: opening.read_at, reverse=True)

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    @property
    def awaits_staff(self) -> bool:
        return not self.closed_at and self.waiting_on == WaitingOn.US

    @property
    def is_overdue(self) -> bool:
        return bool(self.awaits_staff and self.promised_at and self.promised_at < timezone.now())


class Message(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="messages")
    author = actor()
    author_name = actor_name()
    posted_as_name = models.CharField(max_length=60, blank=True, default="")
    posted_as_role = models.CharField(max_length=60, blank=True, default="")
    posted_as_sign_off = models.CharField(max_length=120, blank=True, default="")
    staff_card = models.ForeignKey(StaffCard, null=True, on_delete=models.SET_NULL, related_name="+")
    sealed_text = models.BinaryField(editable=False)
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    # The rendered text, sealed like the text: made when it is written, since a page shows hundreds.
    sealed_html = models.BinaryField(null=True, editable=False)
    # Taken off the page by a decision on a report.
    hidden_at = models.DateTimeField(null=True)
    hidden_rule = models.CharField(max_length=20, choices=Rule.choices, blank=True, default="", db_default="")

    # Put here by the room, with what is attached to each.
    files: list[Any]

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["created_at", "id"]

    def __str__(self) -> str:
        return f"Message {self.id}"

    @property
    def text(self) -> str:
        """The text in clear. Raises crypto.CannotDecrypt when the key is wrong or missing."""
        return crypto.decrypt(
            bytes(self.conversation.wrapped_key), bytes(self.sealed_text), bound_to=f"message:{self.id}"
        )

    @text.setter
    def text(self, value: str) -> None:
        key = bytes(self.conversation.wrapped_key)
        self.sealed_text = crypto.encrypt(key, value, bound_to=f"message:{self.id}")
        self.sealed_html = crypto.encrypt(key, render(value), bound_to=f"html:{self.id}")

    @property
    def legible_text(self) -> str | None:
        """The text, or None when it can not be decrypted."""
        try:
            return self.text
        except crypto.CannotDecrypt:
            return None

    def sign_as_staff(self, author: User) -> None:
        """Puts the author's staff card under the message; does not save."""
        card = StaffCard.objects.filter(user=author, left_at=None).first()
        self.staff_card = card
        self.posted_as_name = card.name if card else author.nickname
        self.posted_as_role = role_of(author)
        self.posted_as_sign_off = card.sign_off if card else ""

    def hide(self, *, rule: str, at: datetime) -> None:
        """Takes it off the page for both sides; a second time changes nothing."""
        Message.objects.filter(pk=self.pk, hidden_at=None).update(hidden_at=at, hidden_rule=rule)

    def restore(self) -> None:
        """Shows it again to both sides, with what is attached to it."""
        Message.objects.filter(pk=self.pk).update(hidden_at=None, hidden_rule="")

    @property
    def html(self) -> str:
        """The rendered text. Raises crypto.CannotDecrypt when the key is wrong or missing."""
        if self.sealed_html is None:
            return render(self.text)
        key = bytes(self.conversation.wrapped_key)
        return crypto.decrypt(key, bytes(self.sealed_html), bound_to=f"html:{self.id}")

    @property
    def legible_html(self) -> str | None:
        """The rendered text, or None when it can not be decrypted."""
        try:
            return self.html
        except crypto.CannotDecrypt:
            return None

    @property
    def is_by_staff(self) -> bool:
        return bool(self.posted_as_name)

    @property
    def shown_name(self) -> str:
        if self.author_id is None and not (self.author_name or self.posted_as_name):
            return no_account()
        return self.posted_as_name or nickname_of(self.author, self.author_name)


def role_of(person: User) -> str:
    """What somebody of the team is called besides the name."""
    card = person.serving_card
    return card.role_title if card else str(person.get_role_display())


class AccessLog(models.Model):
    """Who of the staff opened a conversation, and when; the customer may see it."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="accesses")
    staff = actor()
    staff_name = actor_name()
    staff_role = models.CharField(max_length=60, blank=True, default="", db_default="")
    read_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["-read_at"]

    def __str__(self) -> str:
        return f"{self.staff_name} read {self.conversation_id}"
