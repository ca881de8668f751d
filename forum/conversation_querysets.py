"""The gate of the private channel: a role alone opens nothing, and nothing is public."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce

from forum.querysets import answering_people
from forum.receipt_holder import ReceiptHolder
from forum.rows_beside import rows_beside

if TYPE_CHECKING:
    from forum.querysets import Viewer

M = TypeVar("M", bound=models.Model)


class ConversationQuerySet(models.QuerySet[M]):
    """There is no `public()` here, and a role alone opens nothing: only the customer and who serves the topic."""

    def visible_to(self, user: Viewer) -> Self:
        """The customer's own, by account or by receipt; to who serves the topic, unless a consent was taken back."""
        if isinstance(user, ReceiptHolder):
            return self.filter(receipt=user.receipt_id)
        if not user.is_authenticated:
            return self.none()
        if not user.is_staff:
            return self.filter(customer=user)
        served = Q(topic_id__in=user.served_topics.values("pk")) & ~Q(Exists(_withdrawn_consents()))
        return self.filter(Q(customer=user) | served)

    def own(self, user: Viewer) -> Self:
        return self.filter(customer=user) if user.is_authenticated else self.none()

    def served_by(self, user: Viewer) -> Self:
        """Those on whose other side the person sits as staff of the topic."""
        if not (user.is_authenticated and user.is_staff):
            return self.none()
        served = self.filter(topic_id__in=user.served_topics.values("pk")).exclude(Exists(_withdrawn_consents()))
        return served.exclude(customer=user)

    def awaiting_staff(self) -> Self:
        return self.filter(closed_at=None, waiting_on="us").order_by(F("promised_at").asc(nulls_last=True))

    def awaiting_nobody_here(self) -> Self:
        """Open, but the next word is the customer's, or there is none to say."""
        return self.filter(closed_at=None).exclude(waiting_on="us")

    def left_alone(self) -> Self:
        """Those that nobody can answer: no staff serve the topic any more, or none but the customer."""
        return self.with_service().filter(is_served=False)

    def with_service(self) -> Self:
        """Adds `is_served`: whether somebody is there to answer."""
        serving = answering_people().filter(served_topics=OuterRef("topic_id"))
        # Nobody has the number 0: a comparison with nothing would leave out everybody.
        return self.annotate(is_served=Exists(serving.exclude(pk=Coalesce(OuterRef("customer_id"), 0))))

    def closed(self) -> Self:
        return self.exclude(closed_at=None)

    def expired(self, now: datetime) -> Self:
        """Closed, past the day on which they were to be deleted, and not kept by law."""
        return self.closed().filter(delete_after__lte=now).not_on_hold()

    def with_hold(self) -> Self:
        """Adds `is_on_hold`: whether an owner keeps it from being deleted."""
        return self.annotate(is_on_hold=_held())

    def on_hold(self) -> Self:
        return self.filter(_held())

    def not_on_hold(self) -> Self:
        return self.filter(~_held())

    def with_news(self) -> Self:
        """Adds `has_news` and `has_news_for_team`: whether the other side wrote something that is not read yet."""
        message = apps.get_model("forum", "Message")
        unread = message.objects.filter(conversation=OuterRef("pk"), read_at=None)
        by_customer = unread.filter(posted_as_name="")
        return self.annotate(has_news=Exists(unread.exclude(posted_as_name="")), has_news_for_team=Exists(by_customer))

    def with_disclosures(self) -> Self:
        """Adds what `consents` and `openings` read: who was let in to read it, and who did."""
        consents: Any = apps.get_model("forum", "HealthConsent").objects
        openings: Any = apps.get_model("forum", "AccessLog")._default_manager
        given = consents.filter(conversation=OuterRef("pk"))
        opened = openings.filter(conversation=OuterRef("pk"))
        return self.annotate(
            consents_beside=rows_beside(given, "id", "text_version", "text", "language", "given_at", "withdrawn_at"),
            openings_beside=rows_beside(opened, "id", "staff_name", "staff_role", "read_at"),
        )

    def with_last_opening_by(self, user: Viewer) -> Self:
        """Adds `last_opened_at`: when this member of the staff last opened it, or None."""
        mine = apps.get_model("forum", "AccessLog").objects.filter(conversation=OuterRef("pk"), staff=user.pk)
        return self.annotate(last_opened_at=models.Subquery(mine.order_by("-read_at").values("read_at")[:1]))


def _withdrawn_consents() -> models.QuerySet[Any]:
    """Nobody but the customer reads what waits for its deletion after the consent to read it is gone."""
    consents = apps.get_model("forum", "HealthConsent").objects
    return consents.filter(conversation=OuterRef("pk")).exclude(withdrawn_at=None)


def _held() -> Exists:
    holds: Any = apps.get_model("forum", "LegalHold")._default_manager
    return Exists(holds.filter(conversation=OuterRef("pk"), ended_at=None))


class MessageQuerySet(models.QuerySet[M]):
    def visible_to(self, user: Viewer) -> Self:
        conversations: Any = apps.get_model("forum", "Conversation").objects
        return self.filter(conversation__in=conversations.visible_to(user))

    def standing(self) -> Self:
        """Without those that a decision on a report took off the page."""
        return self.filter(hidden_at=None)


class RoomNoteQuerySet(models.QuerySet[M]):
    def visible_to(self, user: Viewer) -> Self:
        """For who serves the topic; one's own conversation has none to read, whoever one is besides."""
        conversations: Any = apps.get_model("forum", "Conversation").objects
        return self.filter(conversation__in=conversations.served_by(user))
