"""The gate of what is attached in private: what a message shows is its readers', what is not sent yet its writer's."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

if TYPE_CHECKING:
    from forum.querysets import Viewer

M = TypeVar("M", bound=models.Model)

ALONE = timedelta(hours=24)


class AttachmentQuerySet(models.QuerySet[M]):
    def in_room(self, conversation: models.Model, reader: Viewer) -> Self:
        """Those of a conversation that came through its own gate; of what is not sent yet, the reader's."""
        seen = Q(is_sent=True, message__hidden_at=None) | Q(is_sent=False, author=reader.pk)
        return self.filter(seen, conversation=conversation.pk)

    def waiting(self, conversation: models.Model, author: Viewer | None) -> Self:
        """Those this person has added to a message that is not sent yet."""
        return self.filter(conversation=conversation.pk, is_sent=False, author=author.pk if author else None)

    def forgotten(self, now: datetime) -> Self:
        """Those whose message or conversation is gone; and those not sent within a day that belong to no draft."""
        drafts: Any = apps.get_model("forum", "Draft").objects
        same = drafts.filter(purpose="conversation_detail", conversation=OuterRef("conversation"))
        drafted = Exists(same.filter(owner=OuterRef("author")))
        left = Q(is_sent=False, created_at__lte=now - ALONE) & ~drafted
        return self.filter(Q(conversation=None) | Q(is_sent=True, message=None) | left)
