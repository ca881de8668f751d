"""The gate of drafts: each is its owner's, and for nobody else there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models

if TYPE_CHECKING:
    from forum.querysets import Viewer

M = TypeVar("M", bound=models.Model)

CARRIED = (
    "id", "owner_id", "purpose", "target", "version", "wrapped_key", "sealed_words", "form", "session", "saved_at",
)  # fmt: skip


class DraftQuerySet(models.QuerySet[M]):
    def public(self) -> Self:
        return self.none()

    def visible_to(self, user: Viewer) -> Self:
        """One's own; a moderator and an owner see no other."""
        return self.filter(owner=user.pk) if user.is_authenticated else self.none()

    def on(self, purpose: str, target: str = "") -> Self:
        """Those of one form."""
        return self.filter(purpose=purpose, target=target)

    def beside(self) -> dict[str, Any]:
        """Columns for `annotate()`: what is written on comes in one query with its draft."""
        return {f"draft_{name}": models.Subquery(self.values(name)[:1]) for name in CARRIED}

    def carried_by(self, row: models.Model) -> M | None:
        """The draft that came `beside` a row, as far as a form needs it."""
        values = {name: getattr(row, f"draft_{name}") for name in CARRIED}
        return self.model(**values) if values["id"] else None
