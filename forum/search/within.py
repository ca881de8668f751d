"""Where a search looks: what this person may see, of it a topic, a language, a state. The gate decides in the query."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from forum.models import FaqEntry, Question, Topic
from forum.search.candidates import ENTRIES, QUESTIONS, Wanted, keys
from forum.search.documents import OTHER, PUBLIC, place_tokens
from forum.search.rows import Row, read

if TYPE_CHECKING:
    from forum.querysets import Viewer

STATES = ("open", "answered", "accepted")


@dataclass(frozen=True)
class Within:
    user: Viewer
    topic: Topic | None = None
    language: str = ""
    state: str = ""

    @property
    def place(self) -> list[str]:
        return place_tokens(topic=self.topic.pk if self.topic else None, language=self.language)

    def questions(self, wanted: Callable[[list[str]], list[Wanted]]) -> QuerySet[Question]:
        """Those that fulfil what `wanted` makes of the tokens which narrow the search.

        The tokens keep what is hidden from taking the place of what is not among the candidates; who sees what is
        decided by the gate alone.
        """
        place = [*self.place, *([f"s{self.state}"] if self.state in STATES else [])]
        found = Q(pk__in=keys(QUESTIONS, wanted([PUBLIC, *place])))
        if self.user.is_authenticated:
            found |= Q(pk__in=keys(QUESTIONS, wanted([OTHER, *place])))
        return self.readable_questions().filter(found)

    def entries(self, wanted: Callable[[list[str]], list[Wanted]]) -> QuerySet[FaqEntry]:
        # Staff find drafts on the Desk: here they see what a customer would find.
        return FaqEntry.objects.public().filter(pk__in=keys(ENTRIES, wanted([PUBLIC, *self.place])))

    def readable_questions(self) -> QuerySet[Question]:
        return Question.objects.visible_to(self.user).filter(merged_into=None)

    def rows(
        self, entries: Collection[int], questions: Collection[int], *, with_said: bool
    ) -> dict[tuple[bool, int], Row]:
        """Those of these that this person may see; by whether it is an entry, and by key (forum.search.rows)."""
        of_questions = self.readable_questions().filter(pk__in=questions) if questions else None
        of_entries = FaqEntry.objects.public().filter(pk__in=entries) if entries else None
        return read(of_questions, of_entries, with_said=with_said)
