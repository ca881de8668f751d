"""Which documents are looked at: the newest so many that hold what is looked for. The rest is ranked in Python."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

from django.db import connection
from django.db.models.expressions import RawSQL

from forum.search.expression import Expression, all_of, any_of, for_postgresql, for_sqlite
from forum.search.query import Word
from forum.search.tables import TABLES

QUESTIONS, ENTRIES = TABLES
MOST = 1_000  # that are ranked for one question
SOME = 250  # of those with several of the words
FEW_DOCUMENTS = 1_500  # in which the rare words of a query stand together, at most


class Wanted(NamedTuple):
    expression: Expression
    most: int = MOST


def keys(table: str, wanted: Iterable[Wanted]) -> RawSQL:
    """A subquery with the keys of the documents that fulfil one of these, of each the newest `most`.

    The limits stand in the innermost query: however much a word finds, only so many rows are ever touched.
    """
    parts, parameters = [], []
    is_sqlite = connection.vendor == "sqlite"
    for expression, most in wanted:
        parts.append(_sqlite(table) if is_sqlite else _postgresql(table))
        parameters += [for_sqlite(expression) if is_sqlite else for_postgresql(expression), most]
    return RawSQL(" UNION ".join(parts), parameters)  # noqa: S611 - parameters are bound, the table's name is ours


def _sqlite(table: str) -> str:
    index = f"{table}_index"
    return f"SELECT * FROM (SELECT rowid FROM {index} WHERE {index} MATCH %s ORDER BY rowid DESC LIMIT %s)"  # noqa: S608


def _postgresql(table: str) -> str:
    key = TABLES[table]
    return f"(SELECT {key} FROM {table} WHERE vector @@ %s::tsquery ORDER BY {key} DESC LIMIT %s)"  # noqa: S608


def with_all(words: list[Word], within: list[str]) -> list[Wanted]:
    """Those with every word: in the title, so that they are among the ranked however many there are; and anywhere."""
    in_title = all_of([*within, *(word.in_title for word in words)])
    return [Wanted(in_title), Wanted(all_of([*within, *(word.in_text for word in words)]))]


def with_some(words: list[Word], others: Sequence[str], within: list[str]) -> list[Wanted]:
    """Those with all words, with the rarest three and two, with any of the rare ones; and with one of the `others`."""
    rarest = sorted(words, key=lambda word: word.documents)
    wanted = []
    for number in sorted({len(rarest), 3, 2}, reverse=True):
        if 1 < number <= len(rarest):
            most = MOST if number == len(rarest) else SOME
            wanted.append(Wanted(all_of([*within, *(word.in_text for word in rarest[:number])]), most))
    wanted.append(Wanted(all_of([*within, any_of(word.in_text for word in _rare(rarest))])))
    if others:
        wanted.append(Wanted(all_of([*within, any_of(f"x{stem}" for stem in others)]), SOME))
    return wanted


def _rare(rarest: list[Word]) -> list[Word]:
    """The rarest word, and those that do not find much more."""
    documents = list(accumulate(word.documents for word in rarest))
    return [word for word, so_far in zip(rarest, documents, strict=True) if so_far <= FEW_DOCUMENTS] or rarest[:1]
