"""What stands beside a question on its page and comes along in the question's own query."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import OuterRef, Sum

from forum.repeat_querysets import RepeatQuerySet
from forum.rows_beside import rows_beside

if TYPE_CHECKING:
    from forum.querysets import Viewer

M = TypeVar("M", bound=models.Model)

# Of an entry: its title, and what its address and its place among others depend on.
_ENTRY = ("id", "slug", "title", "language", "position", "topic__id", "topic__position", "topic__discreet")
_NOTE = (
    "id", "html", "created_at", "author_id", "author_name", "author__id", "author__nickname", "author__role",
    "author__erased_at", "author__staff_card__id", "author__staff_card__name",
)  # fmt: skip
_SUGGESTION = (
    "id", "was_read", "entry__id", "entry__slug", "entry__title", "entry__topic__id", "entry__topic__discreet",
    "found__id", "found__public_id", "found__slug", "found__title",
)  # fmt: skip


class ThreadQuerySet(RepeatQuerySet[M]):
    def with_faq_entries(self) -> Self:
        """Adds `entries_beside`: what was made of it and everybody can read."""
        entries: Any = apps.get_model("forum", "FaqEntry").objects
        made_of_it = entries.public().filter(sources__question=OuterRef("pk"), sources__objected_at=None)
        return self.annotate(entries_beside=rows_beside(made_of_it, *_ENTRY))

    def with_team_room(self, user: Viewer) -> Self:
        """For the team alone: `suggestions_beside` (what its asker was shown), `notes_beside` (what the team noted)
        and `met_count` (how many found enough in it).
        """
        shown: Any = apps.get_model("forum", "Suggestion").objects
        notes: Any = apps.get_model("forum", "InternalNote").objects
        met = apps.get_model("forum", "DemandMet").objects.filter(found=OuterRef("pk")).order_by().values("found")
        return self.annotate(
            suggestions_beside=rows_beside(shown.visible_to(user).filter(question=OuterRef("pk")), *_SUGGESTION),
            # The question came through its gate already.
            notes_beside=rows_beside(notes.on(OuterRef("pk")), *_NOTE),
            met_count=models.Subquery(met.annotate(number=Sum("count")).values("number")),
        )
