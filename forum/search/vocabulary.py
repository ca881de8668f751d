"""The words of the corpus: how rare each is, which hold another inside, which are spelled like one that is not there.

A word that goes from its last document goes from here in the same transaction. Nothing here is shown unless a document
that the reader may see holds it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.core.cache import cache
from django.db import connection
from django.db.models import Q, QuerySet

from forum.models import FaqDocument, QuestionDocument, SearchWord
from forum.search.prepared import read
from forum.search.tables import TABLES

if TYPE_CHECKING:
    from forum.search.query import Word

LONGEST = 64
COUNTED = 100_000  # newest questions that the count looks at: the rest is much the same
SHORTEST_INSIDE = 3  # letters of a word that is looked for inside others
ALIKE = 2_000  # words that are compared with one that nobody knows
RARE = 50  # a word of more documents at the last count stands in one still
_BATCH = 2_000
_AT_ONCE = 500  # words of one number


def learn(words: dict[str, str]) -> None:
    """Adds what is not known yet; in one order, so that nobody who adds the same waits for the other in turn."""
    rows = [
        SearchWord(stem=stem, word=word[:LONGEST], mirrored=stem[::-1])
        for stem, word in sorted(words.items())
        if is_word(stem)
    ]
    SearchWord.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)


def forget(stems: Collection[str]) -> None:
    """Removes those that stand in no document any more."""
    rare = SearchWord.objects.filter(stem__in=[stem for stem in stems if is_word(stem)], documents__lt=RARE)
    names = list(rare.values_list("stem", flat=True))
    gone = [name for name in names if not any(_stands_in(table, key, name) for table, key in TABLES.items())]
    SearchWord.objects.filter(stem__in=gone).delete()


def _stands_in(table: str, key: str, stem: str) -> bool:
    if connection.vendor == "sqlite":
        sql, parameter = f"SELECT 1 FROM {table}_index WHERE {table}_index MATCH %s LIMIT 1", f'"x{stem}"'  # noqa: S608
    else:
        sql, parameter = f"SELECT 1 FROM {table} WHERE vector @@ %s::tsquery LIMIT 1", f"'x{stem}'"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [parameter])
        return cursor.fetchone() is not None


def is_word(stem: str) -> bool:
    """Numbers and single letters are no words; who misspells them means another."""
    return 2 <= len(stem) <= LONGEST and not (stem[0].isdigit() or stem.isdigit())


def counted(stems: Iterable[str]) -> dict[str, int]:
    """How many documents had each at the last count; under SearchWord.ALL how many there were. One query."""

    def rows(those: Sequence[Any]) -> QuerySet[Any, Any]:
        return SearchWord.objects.filter(stem__in=those).order_by().values_list("stem", "documents")

    return dict(read(rows, [SearchWord.ALL, *sorted(set(stems))], shape="counted"))


def is_built(counts: dict[str, int]) -> bool:
    return counts.get(SearchWord.ALL, 0) != SearchWord.NOT_BUILT


def inside_and_alike(words: list[Word], unknown: list[Word]) -> list[SearchWord]:
    """Words that hold one of these inside, and those that begin or end like an unknown one; one query."""
    wanted = Q()
    for stem in _stems_of(words):
        wanted |= Q(stem__contains=stem)
    for stem in _stems_of(unknown):
        wanted |= _begins("stem", stem[:2]) | _begins("mirrored", stem[::-1][:3])
    if not wanted:
        return []
    found = SearchWord.objects.filter(wanted).exclude(stem=SearchWord.ALL)
    return list(found.order_by("-documents", "stem")[: ALIKE * max(len(unknown), 1)])


def _stems_of(words: list[Word]) -> list[str]:
    return sorted(stem for stem in {stem for word in words for stem in word.stems} if len(stem) >= SHORTEST_INSIDE)


def _begins(column: str, start: str) -> Q:
    """SQLite has no index for LIKE: there the bounds of the alphabet find the place."""
    begins = Q(**{f"{column}__startswith": start})
    if connection.vendor == "sqlite":
        begins &= Q(**{f"{column}__gte": start, f"{column}__lt": f"{start}\U0010ffff"})
    return begins


def recount(*, all_built: bool = False) -> None:
    """Counts the words anew, in how many documents each stands. For the worker, and after much was imported.

    With `all_built` the index counts as whole from now on.
    """
    numbers: Counter[str] = Counter()
    total = looked_at = 0
    for model in (FaqDocument, QuestionDocument):
        total += model._base_manager.count()
        rows = model._base_manager.order_by("-pk").values_list("tokens", flat=True)[:COUNTED]
        for tokens in rows.iterator(chunk_size=_BATCH):
            looked_at += 1
            numbers.update(token[1:] for token in tokens.split() if token[0] == "x")
    _write(numbers, scale=total / looked_at if looked_at else 1.0)
    if looked_at == total:
        forget(SearchWord.objects.filter(documents=0).exclude(stem=SearchWord.ALL).values_list("stem", flat=True))
    mark, is_new = SearchWord.objects.get_or_create(stem=SearchWord.ALL, defaults={"documents": total})
    if not is_new and (all_built or mark.documents != SearchWord.NOT_BUILT):
        SearchWord.objects.filter(stem=SearchWord.ALL).update(documents=total)


def _write(numbers: Counter[str], scale: float) -> None:
    """Words of one number together: most stand in one document, or in a few."""
    after, changed = SearchWord.ALL, defaultdict[int, list[str]](list)
    while rows := list(SearchWord.objects.filter(stem__gt=after).order_by("stem")[:_BATCH]):
        for row in rows:
            number = round(numbers[row.stem] * scale)
            if number != row.documents:
                changed[number].append(row.stem)
            if len(changed[number]) == _AT_ONCE:
                _set(number, changed.pop(number))
        after = rows[-1].stem
    for number, stems in changed.items():
        _set(number, stems)


def _set(number: int, stems: list[str]) -> None:
    SearchWord.objects.filter(stem__in=stems).update(documents=number)


def recount_daily(_now: object) -> None:
    """One of settings.RETENTION, which are asked every hour."""
    if cache.add("search-words-counted", True, timeout=20 * 3600):
        recount()
