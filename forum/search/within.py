"""Where a search looks: what this person may see, of it a topic, a language, a state. The gate decides in the query."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from forum.models import FaqEntry, Question, Topic
from forum.search.documents import OTHER, place_tokens
from forum.search.prepared import read
from forum.search.rows import Row, columns, made
from forum.search.wanted import ENTRIES, QUESTIONS, Wanted, among

if TYPE_CHECKING:
    from forum.querysets import Viewer

STATES = ("open", "answered", "accepted")
PADDED = 5


@dataclass(frozen=True)
class Within:
    user: Viewer
    topic: Topic | None = None
    language: str = ""
    state: str = ""

    @property
    def place(self) -> list[str]:
        return place_tokens(topic=self.topic.pk if self.topic else None, language=self.language)

    def wanted_questions(self, wanted: Callable[[list[str]], list[Wanted]]) -> list[Wanted]:
        """What the index is asked for; `wanted` is given the tokens that narrow the search.

        Tokens keep what is hidden from taking the place of what is not among the candidates; who sees what is decided
        by the gate alone. What few have is taken out: what nearly all have would have to be read for all.
        """
        place = [*self.place, *([f"s{self.state}"] if self.state in STATES else [])]
        found = [one._replace(without=OTHER) for one in wanted(place)]
        if self.user.is_authenticated:
            found += [one._replace(is_rare=True) for one in wanted([OTHER, *place])]
        return found

    def wanted_entries(self, wanted: Callable[[list[str]], list[Wanted]]) -> list[Wanted]:
        """The same for FAQ entries, of which only published ones have a document, and of which there are few."""
        return [one._replace(is_rare=True) for one in wanted(self.place)]

    def questions(self, wanted: Sequence[Wanted], parameters: Sequence[Any]) -> QuerySet[Question]:
        """Those that fulfil one of these; `parameters` are theirs, or stand for them."""
        return self.readable_questions().filter(among(QUESTIONS, wanted, parameters))

    def entries(self, wanted: Sequence[Wanted], parameters: Sequence[Any]) -> QuerySet[FaqEntry]:
        # Staff find drafts on the Desk: here they see what a customer would find.
        return FaqEntry.objects.public().filter(among(ENTRIES, wanted, parameters))

    def readable_questions(self) -> QuerySet[Question]:
        return Question.objects.visible_to(self.user).filter(merged_into=None)

    def rows(
        self, entries: Collection[int], questions: Collection[int], *, said_of: Collection[int] = ()
    ) -> dict[tuple[bool, int], Row]:
        """Those of these that this person may see; by whether it is an entry, and by key (forum.search.rows).

        Questions whose keys are in `said_of` come with what their answers say.
        """
        padded = [*_padded(entries), *_padded(questions)]
        first, last = len(_padded(entries)), len(padded)

        def found(values: Sequence[int]) -> QuerySet[Any, Any]:
            of_entries, of_questions = values[:first], values[first:last]
            return columns(
                self.readable_questions().filter(pk__in=of_questions) if of_questions else None,
                FaqEntry.objects.public().filter(pk__in=of_entries) if of_entries else None,
                said_of=values[last:],
            )

        if not last:
            return {}
        return made(read(found, [*padded, *_padded(said_of)], shape=("rows", first, last), viewer=self.user))


def _padded(keys: Collection[int]) -> list[int]:
    """With keys that nothing has, so that there are few different numbers of them."""
    return [*keys, *[-1] * (-len(keys) % PADDED)]
