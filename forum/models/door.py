"""A door from a public question into a private room: who opened it and why, and what the public page says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import StaffCard
from forum import crypto
from forum.door_querysets import DoorQuerySet
from forum.models.conversation import Conversation
from forum.models.post import actor, actor_name
from forum.models.question import Question

if TYPE_CHECKING:
    from accounts.models import User

OUTCOME_MAX = 200  # characters


class DoorReason(models.TextChoices):
    """For what the team may ask somebody into private: each protects the customer, and none is a complaint."""

    PERSONAL_DATA = "personal-data", _("It needs personal data, such as an order number or an address")
    HEALTH = "health", _("It is about somebody's health")
    THIRD_PARTY = "third-party", _("It is about somebody who is not here")
    SECURITY = "security", _("It is about the safety of an account or a payment")


class Door(models.Model):
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="doors")
    # The room may be deleted one day; that it was settled there stays true.
    conversation = models.OneToOneField(Conversation, null=True, on_delete=models.SET_NULL, related_name="door")
    # Empty where the asker opened it.
    reason = models.CharField(max_length=20, choices=DoorReason.choices, blank=True, default="")
    opened_by = actor()
    opened_by_name = actor_name()
    opened_by_role = models.CharField(max_length=60, blank=True, default="", editable=False)
    opened_at = models.DateTimeField(default=timezone.now)
    agreed_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)
    wrapped_key = models.BinaryField(default=crypto.new_data_key, editable=False)
    # What the team wants to say in the room, until there is one.
    sealed_text = models.BinaryField(null=True, editable=False)
    # The sentence for everybody: sealed until the asker agrees, and only then in clear.
    sealed_outcome = models.BinaryField(null=True, editable=False)
    outcome = models.CharField(max_length=OUTCOME_MAX, blank=True, default="", editable=False)
    outcome_by = actor()
    outcome_by_name = actor_name()
    outcome_proposed_at = models.DateTimeField(null=True)
    outcome_agreed_at = models.DateTimeField(null=True)
    outcome_declined_at = models.DateTimeField(null=True)
    outcome_withdrawn_at = models.DateTimeField(null=True)

    objects = DoorQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["opened_at", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["question"],
                condition=models.Q(agreed_at=None, declined_at=None),
                name="door_asks_once_at_a_time",
            ),
            models.CheckConstraint(condition=models.Q(reason__in=["", *DoorReason]), name="door_protects_customer"),
            models.CheckConstraint(
                condition=models.Q(agreed_at=None) | models.Q(declined_at=None), name="door_agreed_or_declined"
            ),
            models.CheckConstraint(
                condition=models.Q(outcome="") | models.Q(outcome_agreed_at__isnull=False, outcome_withdrawn_at=None),
                name="door_outcome_was_agreed",
            ),
        ]

    def __str__(self) -> str:
        return f"Door {self.pk}"

    def sign(self, staff: User) -> None:
        """Puts the name and role of the staff card in; does not save."""
        card = StaffCard.objects.filter(user=staff, left_at=None).first()
        self.opened_by, self.opened_by_name = staff, card.name if card else staff.nickname
        self.opened_by_role = card.role_title if card else staff.get_role_display()

    @property
    def text(self) -> str:
        """What the team wants to say in the room; nothing once it stands there. Raises crypto.CannotDecrypt."""
        return self._open(self.sealed_text, "door")

    @text.setter
    def text(self, value: str) -> None:
        self.sealed_text = crypto.encrypt(bytes(self.wrapped_key), value, bound_to=self._place("door"))

    @property
    def proposed_outcome(self) -> str:
        """The sentence about which the asker decides. Raises crypto.CannotDecrypt."""
        return self._open(self.sealed_outcome, "outcome")

    @proposed_outcome.setter
    def proposed_outcome(self, value: str) -> None:
        self.sealed_outcome = crypto.encrypt(bytes(self.wrapped_key), value, bound_to=self._place("outcome"))

    @property
    def legible_text(self) -> str | None:
        """None when it can not be decrypted."""
        try:
            return self.text
        except crypto.CannotDecrypt:
            return None

    @property
    def legible_outcome(self) -> str | None:
        """The proposed sentence; None when it can not be decrypted."""
        try:
            return self.proposed_outcome
        except crypto.CannotDecrypt:
            return None

    def _open(self, sealed: bytes | memoryview | None, what: str) -> str:
        return crypto.decrypt(bytes(self.wrapped_key), bytes(sealed), bound_to=self._place(what)) if sealed else ""

    def _place(self, what: str) -> str:
        return f"{what}:{self.question_id}"

    @property
    def is_by_asker(self) -> bool:
        return not self.reason

    @property
    def awaits_asker(self) -> bool:
        return self.agreed_at is None and self.declined_at is None

    @property
    def awaits_outcome_decision(self) -> bool:
        return bool(self.outcome_proposed_at and not (self.outcome_agreed_at or self.outcome_declined_at))

    @property
    def is_settled(self) -> bool:
        """Whether the room is closed, or so long ago that it is gone."""
        return self.agreed_at is not None and (self.conversation is None or self.conversation.is_closed)
