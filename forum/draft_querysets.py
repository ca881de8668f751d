"""The gate of drafts: each is its owner's, and for nobody else there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models

if TYPE_CHECKING:
    from forum.querysets import Viewer

M = TypeVar("M", bound=models.Model)


class DraftQuerySet(models.QuerySet[M]):
    def public(self) -> Self:
        return self.none()

    def visible_to(self, user: Viewer) -> Self:
        """One's own; a moderator and an owner see no other."""
        return self.filter(owner=user.pk) if user.is_authenticated else self.none()

    def on(self, purpose: str, target: str = "") -> Self:
        """Those of one form."""
        return self.filter(purpose=purpose, target=target)
