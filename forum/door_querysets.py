"""The gates of what leads from public to private and back: stubs, drafts of a publication, and consents to one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils import timezone

from forum.querysets import standing

if TYPE_CHECKING:
    from forum.querysets import Viewer

M = TypeVar("M", bound=models.Model)


class DoorQuerySet(models.QuerySet[M]):
    def public(self) -> Self:
        """Those that were gone through: everybody reads that, and since when."""
        return self.filter(standing("question__"), agreed_at__isnull=False)

    def visible_to(self, user: Viewer) -> Self:
        """The asker's own, and for the team all on questions that this person may read."""
        if not user.is_authenticated:
            return self.public()
        questions: Any = apps.get_model("forum", "Question").objects
        readable = questions.visible_to(user).values("pk")
        seen = Q(agreed_at__isnull=False) | Q(question__author=user)
        return self.filter(question__in=readable) if user.is_staff else self.filter(seen, question__in=readable)

    def note_opened_by_asker(self, conversation: Any) -> None:
        """The asker has gone into private from their own question: its page says so; what was asked of them is done."""
        question = conversation.origin_question
        if question is None or conversation.customer is None or question.author_id != conversation.customer.pk:
            return
        now = timezone.now()
        waiting = self.awaiting_asker().filter(question=question).select_for_update().first()
        if waiting is None:
            by = {"opened_by": conversation.customer}
            self.create(question=question, conversation=conversation, opened_at=now, agreed_at=now, **by)
        else:
            # What the team wanted to say in the room is said to nobody: the asker has begun.
            self.filter(pk=waiting.pk).update(conversation=conversation, agreed_at=now, sealed_text=None)

    def beside(self, question_pk: int) -> Self:
        """On the page of this question: its own, and those gone through of what was merged into it."""
        merged = Q(question__merged_into=question_pk, agreed_at__isnull=False)
        return self.filter(Q(question=question_pk) | merged)

    def awaiting_asker(self) -> Self:
        """Asked, and neither agreed nor declined."""
        return self.filter(agreed_at=None, declined_at=None)

    def declined(self) -> Self:
        return self.exclude(declined_at=None)

    def with_outcome_awaiting(self) -> Self:
        """With a sentence for everybody, about which the asker has not decided."""
        return self.exclude(outcome_proposed_at=None).filter(outcome_agreed_at=None, outcome_declined_at=None)

    def without_outcome(self) -> Self:
        """Settled in private, and nobody has proposed a sentence yet."""
        return self.filter(conversation__closed_at__isnull=False, outcome_proposed_at=None)

    def behind(self, user: Viewer) -> Self:
        """Those whose room this person serves."""
        conversations: Any = apps.get_model("forum", "Conversation").objects
        return self.filter(conversation__in=conversations.visible_to(user).served_by(user))


class PublicDraftQuerySet(models.QuerySet[M]):
    """Who may read the conversation may read what is to be published of it, and nobody else."""

    def visible_to(self, user: Viewer) -> Self:
        conversations: Any = apps.get_model("forum", "Conversation").objects
        return self.filter(conversation__in=conversations.visible_to(user))

    def served_by(self, user: Viewer) -> Self:
        conversations: Any = apps.get_model("forum", "Conversation").objects
        return self.filter(conversation__in=conversations.visible_to(user).served_by(user))

    def undecided(self) -> Self:
        return self.filter(declined_at=None, published_at=None)

    def awaiting_customer(self) -> Self:
        return self.undecided().filter(returned_at=None)

    def awaiting_staff(self) -> Self:
        """The customer has changed something, and we have not looked at it."""
        return self.undecided().exclude(returned_at=None)


class PublicConsentQuerySet(models.QuerySet[M]):
    def public(self) -> Self:
        return self.none()

    def visible_to(self, user: Viewer) -> Self:
        """One's own."""
        return self.filter(user=user.pk) if user.is_authenticated else self.none()

    def standing(self) -> Self:
        return self.filter(withdrawn_at=None)
