"""A row that every request asks for, by its key. Django puts the SQL together anew each time, which takes it some ten
times as long as the database takes to answer; here that is done once.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)
_ANY = -1  # no row has it: stands for the key until there is one


class OneRow(threading.local, Generic[M]):
    """Whole rows of a queryset, each with what is annotated. Each thread has its own, as it has its own connection."""

    def __init__(self, rows: Callable[[], QuerySet[M]]) -> None:
        self._rows = rows

    @cached_property
    def _written(self) -> _Written:
        return _Written(self._rows().filter(pk=_ANY))

    def get(self, key: int) -> M | None:
        row: M | None = self._written.row(key)
        return row


class _Written:
    """The SQL of a queryset, and how its answer becomes a row: column by column, so a newer column changes nothing."""

    def __init__(self, rows: QuerySet[Any]) -> None:
        compiler = rows.query.get_compiler(using=DEFAULT_DB_ALIAS)
        self.sql, parameters = compiler.as_sql()
        place = list(parameters).index(_ANY)
        self.before, self.after = parameters[:place], parameters[place + 1 :]
        self.converters = compiler.get_converters([column for column, _sql, _alias in compiler.select])
        self.model, self.columns = rows.model, [field.attname for field in rows.model._meta.concrete_fields]
        self.annotations = list(rows.query.annotation_select)

    def row(self, key: int) -> Any:
        with connection.cursor() as cursor:
            cursor.execute(self.sql, [*self.before, key, *self.after])
            answer = cursor.fetchone()
        if answer is None:
            return None
        values = list(answer)
        for place, (converters, column) in self.converters.items():
            for convert in converters:
                values[place] = convert(values[place], column, connection)
        own = len(self.columns)
        row = self.model.from_db(DEFAULT_DB_ALIAS, self.columns, values[:own])
        vars(row).update(zip(self.annotations, values[own:], strict=True))
        return row
