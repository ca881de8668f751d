"""Rows of another table as one column: they come in the query of the row they belong to, for few and short ones."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS
from django.db.models import DateTimeField, Field, Func, JSONField, Model, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils.dateparse import parse_datetime

M = TypeVar("M", bound=Model)


class _JSONArray(Func):
    """All rows in one. Not an Aggregate: Django would group by what is to be put together."""

    function = "JSONB_AGG"
    arity = 1
    output_field = JSONField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, function="JSON_GROUP_ARRAY", **context)


def rows_beside(rows: QuerySet[Any], *fields: str) -> Subquery:
    """For `annotate()`. `rows` belong to the outer row; `rows_of` reads the column.

    JSON knows texts, numbers, truth and, with `rows_of`, times: no other field can come along.
    """
    row = JSONObject(**{name: name for name in fields})
    return Subquery(rows.order_by().annotate(all_of_them=_JSONArray(row)).values("all_of_them"))


def rows_of(model: type[M], column: list[dict[str, Any]] | None) -> list[M]:
    """What came in a column of `rows_beside`, in no order; a field not asked for is fetched once it is read."""
    return [
        model.from_db(
            DEFAULT_DB_ALIAS, list(row), [_value(field, row) for field in _fields(model) if field.name in row]
        )
        for row in column or []
    ]


def _fields(model: type[Model]) -> Iterable[Field[Any, Any]]:
    return model._meta.concrete_fields


def _value(field: Field[Any, Any], row: dict[str, Any]) -> Any:
    value = row[field.name]
    return _time(value) if isinstance(field, DateTimeField) else value


def _time(value: str | None) -> datetime | None:
    """SQLite keeps UTC without saying so (django.db.backends.sqlite3)."""
    moment = parse_datetime(value) if value else None
    return moment.replace(tzinfo=UTC) if moment and moment.tzinfo is None else moment
