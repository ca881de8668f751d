"""What an index is asked for, and how each database is asked: for the newest so many that hold it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import connection
from django.db.models.expressions import RawSQL

from forum.search.expression import Expression, for_postgresql, for_sqlite
from forum.search.tables import TABLES

QUESTIONS, ENTRIES = TABLES
MOST = 250  # that are ranked for one question
NEWEST = 20_000  # documents in which PostgreSQL looks for a word that stands nearly everywhere, before it counts on all

# FTS5 walks through the newest first and stops at the limit.
_SQLITE = "SELECT * FROM (SELECT rowid FROM {table}_index WHERE {table}_index MATCH %s ORDER BY rowid DESC LIMIT %s)"

# PostgreSQL's index knows no order. Left to itself, it guesses: and goes, for a word that it has never counted, or for
# two that never stand together, through all documents from the newest on. "+ 0" makes it ask the index.
_POSTGRESQL = "(SELECT {key} FROM {table} WHERE vector @@ %s::tsquery ORDER BY {key} + 0 DESC LIMIT %s)"

# Of a word that stands in very many, the index would hand out all of them. Where the last count lets expect twice what
# is wanted among the newest, these are gone through first ("IS TRUE" keeps the index out), and the index is asked only
# when they were not enough. The answer is the same.
_POSTGRESQL_WORD = """(
    WITH newest AS MATERIALIZED (
        SELECT {key} FROM {table}
        WHERE {key} > (SELECT max({key}) - {newest} FROM {table}) AND (vector @@ %s::tsquery) IS TRUE
        AND (SELECT max(documents)::bigint FROM forum_searchword WHERE stem = ANY(%s)) * {newest}
            >= (SELECT documents::bigint FROM forum_searchword WHERE stem = '') * %s
        ORDER BY {key} DESC LIMIT %s
    )
    SELECT {key} FROM newest UNION ALL (
        SELECT {key} FROM {table} WHERE vector @@ %s::tsquery AND (SELECT count(*) FROM newest) < %s
        ORDER BY {key} + 0 DESC LIMIT %s
    )
)"""


class Wanted(NamedTuple):
    expression: Expression
    most: int = MOST
    word: tuple[str, ...] = ()  # its stems, where it is a single word, which may stand in very many
    without: str = ""  # a token of few documents

    @property
    def parameters(self) -> list[Any]:
        """As `keys` binds them."""
        if connection.vendor == "sqlite":
            without = f' NOT "{self.without}"' if self.without else ""
            return [for_sqlite(self.expression) + without, self.most]
        query = for_postgresql(self.expression) + (f"&!'{self.without}'" if self.without else "")
        if self.word:
            return [query, list(self.word), 2 * self.most, self.most, query, self.most, self.most]
        return [query, self.most]

    def sql(self, table: str) -> str:
        if connection.vendor == "sqlite":
            return _SQLITE.format(table=table)
        return (_POSTGRESQL_WORD if self.word else _POSTGRESQL).format(table=table, key=TABLES[table], newest=NEWEST)


def keys(table: str, wanted: Sequence[Wanted], parameters: Sequence[Any]) -> RawSQL:
    """A subquery with the keys of the documents that fulfil one of these, of each the newest `most`.

    The limits stand in the innermost query: however much a word finds, only so many rows are ever touched.
    """
    sql = " UNION ".join(one.sql(table) for one in wanted)
    return RawSQL(sql, parameters)  # noqa: S611 - parameters are bound, the table's name is ours
