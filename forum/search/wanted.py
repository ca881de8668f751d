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

# FTS5 walks through the newest first and stops at the limit.
_SQLITE = "SELECT * FROM (SELECT rowid FROM {table}_index WHERE {table}_index MATCH %s ORDER BY rowid DESC LIMIT %s)"

# PostgreSQL's index knows no order. Left to itself, it guesses: and goes, for a word that it has never counted, or for
# two that never stand together, through all documents from the newest on. "+ 0" makes it ask the index.
_POSTGRESQL = "(SELECT {key} FROM {table} WHERE vector @@ %s::tsquery ORDER BY {key} + 0 DESC LIMIT %s)"

# Of words that stand together in very many, the index would hand out all of them. Where the last count lets expect that
# it is less to go through the newest, that is done first ("IS TRUE" keeps the index out), among twice as many as should
# be needed; and the index is asked only when these were not enough. The answer is the same.
_POSTGRESQL_OFTEN = """(
    WITH counted AS MATERIALIZED (
        SELECT (SELECT documents::float FROM forum_searchword WHERE stem = '') AS total, min(documents)::float AS rarest
        FROM (
            SELECT coalesce(max(known.documents), 0) AS documents
            FROM unnest(%s::text[], %s::int[]) AS asked(stem, word) LEFT JOIN forum_searchword AS known USING (stem)
            GROUP BY asked.word
        ) AS words
    ), newest AS MATERIALIZED (
        SELECT {key} FROM {table}
        WHERE {key} > (SELECT max({key}) FROM {table})
            - (SELECT greatest(2 * %s * total / nullif(rarest, 0), {newest})::bigint FROM counted)
        AND (SELECT rarest * rarest > %s * total FROM counted) AND (vector @@ %s::tsquery) IS TRUE
        ORDER BY {key} DESC LIMIT %s
    )
    SELECT {key} FROM newest UNION ALL (
        SELECT {key} FROM {table} WHERE vector @@ %s::tsquery AND (SELECT count(*) FROM newest) < %s
        ORDER BY {key} + 0 DESC LIMIT %s
    )
)"""
NEWEST = 5_000  # documents that are gone through if any: fewer may have it in the title than in the text
APART = 8  # how much less that must be for several words: they may stand together more seldom than each


class Wanted(NamedTuple):
    expression: Expression
    most: int = MOST
    words: tuple[tuple[str, ...], ...] = ()  # the stems of each, where all may stand together in very many
    without: str = ""  # a token of few documents

    @property
    def parameters(self) -> list[Any]:
        """As `keys` binds them."""
        if connection.vendor == "sqlite":
            without = f' NOT "{self.without}"' if self.without else ""
            return [for_sqlite(self.expression) + without, self.most]
        query = for_postgresql(self.expression) + (f"&!'{self.without}'" if self.without else "")
        if self.words:
            stems = [(stem, number) for number, of_word in enumerate(self.words) for stem in of_word]
            gain = self.most * (1 if len(self.words) == 1 else APART)
            of_newest = [*map(list, zip(*stems, strict=True)), self.most, gain, query, self.most]
            return [*of_newest, query, self.most, self.most]
        return [query, self.most]

    def sql(self, table: str) -> str:
        if connection.vendor == "sqlite":
            return _SQLITE.format(table=table)
        sql = _POSTGRESQL_OFTEN if self.words else _POSTGRESQL
        return sql.format(table=table, key=TABLES[table], newest=NEWEST)


def keys(table: str, wanted: Sequence[Wanted], parameters: Sequence[Any]) -> RawSQL:
    """A subquery with the keys of the documents that fulfil one of these, of each the newest `most`.

    The limits stand in the innermost query: however much a word finds, only so many rows are ever touched.
    """
    sql = " UNION ".join(one.sql(table) for one in wanted)
    return RawSQL(sql, parameters)  # noqa: S611 - parameters are bound, the table's name is ours
