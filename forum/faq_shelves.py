"""The FAQ on its shelves: one for each topic, in the reader's language, else in the one there is."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from forum.models import FaqEntry, Topic
from forum.paging import Page, numbered_page

# Up to so many entries the whole FAQ stands on one page; beyond, each topic shows its first ones.
ONE_PAGE = 60
FIRST_OF_TOPIC = 5

Counts = dict[int, dict[str, int]]


@dataclass(frozen=True)
class Shelf:
    topic: Topic
    language: str
    entries: list[FaqEntry]
    total: int
    other_languages: dict[str, int]

    @property
    def more(self) -> int:
        """How many entries of the topic are not on this page."""
        return self.total - len(self.entries)


def shelves(language: str) -> list[Shelf]:
    """All topics; of a large FAQ only the first entries of each."""
    counts = _counts()
    entries = _in_language(language, counts)
    if sum(sum(languages.values()) for languages in counts.values()) > ONE_PAGE:
        place = Window(RowNumber(), partition_by=F("topic_id"), order_by=["position", "id"])
        entries = entries.annotate(place=place).filter(place__lte=FIRST_OF_TOPIC)
    return _filled(list(entries), counts)


def shelf_page(topic: Topic, language: str, after: str, *, size: int = 0) -> tuple[list[Shelf], Page]:
    """One topic, page by page of so many entries (ONE_PAGE): no shelf when nothing is published in it."""
    counts = _counts(topic)
    page = numbered_page(_in_language(language, counts).filter(topic=topic), after=after, size=size or ONE_PAGE)
    return _filled(page.rows, counts), page


def _counts(topic: Topic | None = None) -> Counts:
    entries = FaqEntry.objects.public().order_by("topic_id", "language")
    chosen = entries.filter(topic=topic) if topic else entries
    counts: Counts = {}
    for row in chosen.values("topic_id", "language").annotate(n=Count("pk")):
        counts.setdefault(row["topic_id"], {})[row["language"]] = row["n"]
    return counts


def _in_language(language: str, counts: Counts) -> QuerySet[FaqEntry]:
    """Entries in the language; of topics that have none, those in another."""
    without = [topic_id for topic_id, languages in counts.items() if language not in languages]
    entries = FaqEntry.objects.public().filter(Q(language=language) | Q(topic_id__in=without)).select_related("topic")
    entries = entries.with_recheck_mark()
    # Topics may share a position; their entries must not mix.
    return entries.order_by("topic__position", "topic__name", "topic_id", "position", "id")


def _filled(entries: list[FaqEntry], counts: Counts) -> list[Shelf]:
    """The entries come in the order of their topics."""
    by_topic = groupby(entries, key=lambda entry: entry.topic_id)
    return [_shelf(list(rows), counts[topic_id]) for topic_id, rows in by_topic]


def _shelf(entries: list[FaqEntry], languages: dict[str, int]) -> Shelf:
    language = entries[0].language
    others = {code: number for code, number in languages.items() if code != language}
    return Shelf(entries[0].topic, language, entries, languages[language], others)
