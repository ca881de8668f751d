"""Rows of another table as one column: they come in the query of the row they belong to, for few and short ones.

So do numbers about any other rows.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS
from django.db.models import DateTimeField, Field, Func, JSONField, Model, QuerySet, Subquery, Value
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

    JSON knows texts, numbers, truth and, with `rows_of`, times: no other field can come along. A row that these point
    to comes with them, by `topic__id` (which it needs), `topic__name` and so on.
    """
    row = JSONObject(**{name: name for name in fields})
    return Subquery(rows.order_by().annotate(all_of_them=_JSONArray(row)).values("all_of_them"))


def numbers_beside(rows: QuerySet[Any], **numbers: Any) -> Subquery:
    """For `annotate()` and `values()`: what `rows.aggregate(**numbers)` would tell, as one column with a dict."""
    together = rows.order_by().values(all_of_them=Value(1)).annotate(numbers=JSONObject(**numbers))
    return Subquery(together.values("numbers"))


def rows_of(model: type[M], column: list[dict[str, Any]] | None) -> list[M]:
    """What came in a column of `rows_beside`, in no order; a field not asked for is fetched once it is read."""
    return [_row(model, values) for values in column or []]


def _row(model: type[M], values: dict[str, Any]) -> M:
    own = {name: value for name, value in values.items() if "__" not in name}
    fields = [field for field in model._meta.concrete_fields if field.attname in own]
    row = model.from_db(DEFAULT_DB_ALIAS, list(own), [_value(field, own[field.attname]) for field in fields])
    for name, columns in _related(values).items():
        field: Any = model._meta.get_field(name)
        field.set_cached_value(row, _row(field.related_model, columns) if columns["id"] is not None else None)
    return row


def _related(values: dict[str, Any]) -> dict[str, dict[str, Any]]:
    found: defaultdict[str, dict[str, Any]] = defaultdict(dict)
    for path, value in values.items():
        name, _, column = path.partition("__")
        if column:
            found[name][column] = value
    return found


def _value(field: Field[Any, Any], value: Any) -> Any:
    return _time(value) if isinstance(field, DateTimeField) else value


def _time(value: str | None) -> datetime | None:
    """SQLite keeps UTC without saying so (django.db.backends.sqlite3)."""
    moment = parse_datetime(value) if value else None
    return moment.replace(tzinfo=UTC) if moment and moment.tzinfo is None else moment
