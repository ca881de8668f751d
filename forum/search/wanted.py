"""What an index is asked for, and how each database is asked: for the newest so many that hold it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import BooleanField, F, Func
from django.db.models.expressions import RawSQL

from forum.search.blocks import BLOCK, LOOKED_AT, STEPS
from forum.search.expression import Expression, for_postgresql, for_sqlite
from forum.search.tables import TABLES

QUESTIONS, ENTRIES = TABLES
MOST = 100  # that are ranked for one question: ten pages

# FTS5 walks through the newest first and stops at the limit.
_SQLITE = "SELECT * FROM (SELECT rowid FROM {table}_index WHERE {table}_index MATCH %s ORDER BY rowid DESC LIMIT %s)"

# PostgreSQL's index knows no order. Left to itself, it guesses: and goes, for a word that it has never counted, or for
# two that never stand together, through all documents from the newest on. "+ 0" makes it ask the index.
_POSTGRESQL = "(SELECT {key} FROM {table} WHERE vector @@ %s::tsquery{only} ORDER BY {key} + 0 DESC LIMIT %s{less})"

# Of what stands in very many, the index would hand out all. So it is asked for block after block, from the newest on,
# until there are enough, and for all the older ones together only then. The condition that names the blocks stands
# first: the index goes on from where they begin.
_POSTGRESQL_IN_ORDER = """(
    WITH newest AS MATERIALIZED (
        SELECT coalesce(max({key}), 0) / {size} AS block FROM {table}
    ), near AS MATERIALIZED (
        SELECT found.{key}
        FROM (
            SELECT (
                SELECT string_agg('n' || (block - back), '|')::tsquery FROM generate_series(newer, older) AS back
            ) AS blocks
            FROM newest, (VALUES {steps}) AS step(newer, older)
        ) AS step
        CROSS JOIN LATERAL (
            SELECT {key} FROM {table}
            WHERE vector @@ step.blocks AND vector @@ %s::tsquery
            ORDER BY {key} + 0 DESC LIMIT %s
        ) AS found
        LIMIT %s
    )
    SELECT {key} FROM near UNION ALL {older}
)"""
_OLDER = " AND {key} + 0 < (SELECT (block - {looked_at} + 1) * {size} FROM newest)"
_STILL_WANTED = " - (SELECT count(*) FROM near)"

# To learn that nothing has all of three frequent words the index goes through all of them: not again for a part.
_POSTGRESQL_WITH_PART = """(
    WITH whole AS MATERIALIZED (SELECT * FROM {whole} AS found)
    SELECT {key} FROM whole UNION ALL SELECT {key} FROM {part} AS found WHERE (SELECT count(*) FROM whole) >= {most}
)"""


class Wanted(NamedTuple):
    expression: Expression
    most: int = MOST
    is_rare: bool = False  # all that hold it are few
    is_part: bool = False  # all that hold it also hold the one before, of which MOST are wanted
    without: str = ""  # a token of few documents

    @property
    def parameters(self) -> list[Any]:
        """As `among` binds them."""
        if connection.vendor == "sqlite":
            without = f' NOT "{self.without}"' if self.without else ""
            return [for_sqlite(self.expression) + without, self.most]
        query = for_postgresql(self.expression) + (f"&!'{self.without}'" if self.without else "")
        if self.is_rare:
            return [query, self.most]
        return [query, self.most, self.most, query, self.most]

    def sql(self, table: str) -> str:
        key = TABLES[table]
        if connection.vendor == "sqlite":
            return _SQLITE.format(table=table)
        if self.is_rare:
            return _POSTGRESQL.format(table=table, key=key, only="", less="")
        steps = ", ".join(map(str, STEPS))
        only = _OLDER.format(key=key, size=BLOCK, looked_at=LOOKED_AT)
        older = _POSTGRESQL.format(table=table, key=key, only=only, less=_STILL_WANTED)
        return _POSTGRESQL_IN_ORDER.format(table=table, key=key, size=BLOCK, steps=steps, older=older)


class _Among(Func):
    """Whether a key is among those of a subquery, which is answered first.

    As an array in PostgreSQL: of tables that it has not counted yet it would rather go through all rows, and compare
    each with the few.
    """

    arity = 2
    template, arg_joiner = "%(expressions)s)", " = ANY (ARRAY"
    output_field = BooleanField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="%(expressions)s", arg_joiner=" IN ", **context)


def among(table: str, wanted: Sequence[Wanted], parameters: Sequence[Any]) -> _Among:
    """For `filter()`: rows whose documents fulfil one of these, of each the newest `most`.

    The limits stand in the innermost query: however much a word finds, only so many rows are ever touched.
    """
    parts: list[str] = []
    for one in wanted:
        sql = one.sql(table)
        if one.is_part and not one.is_rare and connection.vendor == "postgresql":
            sql = _POSTGRESQL_WITH_PART.format(key=TABLES[table], whole=parts.pop(), part=sql, most=MOST)
        parts.append(sql)
    sql = " UNION ALL ".join(parts)  # whether a key stands in it twice is all the same
    return _Among(F("pk"), RawSQL(sql, parameters))  # noqa: S611 - parameters are bound, the table's name is ours
