"""Which documents are looked at: the newest so many that hold what is looked for. The rest is ranked in Python."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Any, NamedTuple

from django.db import connection
from django.db.models.expressions import RawSQL

from forum.search.expression import Expression, all_of, any_of, for_postgresql, for_sqlite
from forum.search.query import Word
from forum.search.tables import TABLES

QUESTIONS, ENTRIES = TABLES
MOST = 250  # that are ranked for one question
IN_TITLE = 100  # of those that have everything in the title
SOME = 100  # of those with several of the words
FEW_DOCUMENTS = 500  # in which the rare words of a query stand together, at most


class Wanted(NamedTuple):
    expression: Expression
    most: int = MOST
    without: str = ""  # a token of few documents

    @property
    def parameters(self) -> tuple[str, int]:
        """As `keys` binds them: the query in the language of this database, and the limit."""
        if connection.vendor == "sqlite":
            without = f' NOT "{self.without}"' if self.without else ""
            return for_sqlite(self.expression) + without, self.most
        without = f"&!'{self.without}'" if self.without else ""
        return for_postgresql(self.expression) + without, self.most


def keys(table: str, parameters: Sequence[Any]) -> RawSQL:
    """A subquery with the keys of the documents that fulfil one of several Wanted, of each the newest `most`.

    The limits stand in the innermost query: however much a word finds, only so many rows are ever touched.
    """
    part = _sqlite(table) if connection.vendor == "sqlite" else _postgresql(table)
    parts = [part] * (len(parameters) // 2)
    return RawSQL(" UNION ".join(parts), parameters)  # noqa: S611 - parameters are bound, the table's name is ours


def _sqlite(table: str) -> str:
    index = f"{table}_index"
    return f"SELECT * FROM (SELECT rowid FROM {index} WHERE {index} MATCH %s ORDER BY rowid DESC LIMIT %s)"  # noqa: S608


def _postgresql(table: str) -> str:
    key = TABLES[table]
    return f"(SELECT {key} FROM {table} WHERE vector @@ %s::tsquery ORDER BY {key} DESC LIMIT %s)"  # noqa: S608


def with_all(words: list[Word], place: list[str]) -> list[Wanted]:
    """Those with every word: in the title, so that they are among the ranked however many there are; and anywhere."""
    in_title = all_of([*place, *(word.in_title for word in words)])
    return [Wanted(in_title, IN_TITLE), Wanted(all_of([*place, *(word.in_text for word in words)]))]


def with_some(words: list[Word], others: Sequence[str], place: list[str]) -> list[Wanted]:
    """Those with all words, with the rarest three and two, with any of the rare ones; and with one of the `others`."""
    rarest = sorted(words, key=lambda word: word.documents)
    wanted = []
    for number in sorted({len(rarest), 3, 2}, reverse=True):
        if 1 < number <= len(rarest):
            most = MOST if number == len(rarest) else SOME
            wanted.append(Wanted(all_of([*place, *(word.in_text for word in rarest[:number])]), most))
    wanted.append(Wanted(all_of([*place, any_of(word.in_text for word in _rare(rarest))]), FEW_DOCUMENTS))
    if others:
        wanted.append(Wanted(all_of([*place, any_of(f"x{stem}" for stem in others)]), SOME))
    return wanted


def _rare(rarest: list[Word]) -> list[Word]:
    """The rarest word, and those that do not find much more."""
    documents = list(accumulate(word.documents for word in rarest))
    return [word for word, so_far in zip(rarest, documents, strict=True) if so_far <= FEW_DOCUMENTS] or rarest[:1]
