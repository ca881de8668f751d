"""The SQL of a search, put together once for all who are not signed in.

Django takes longer to put such queries together than a database takes to answer them. What a visitor is asked the
database for differs in values alone; what somebody may see who is signed in is worked out each time.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TYPE_CHECKING, Any

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import IntegerField

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from forum.querysets import Viewer

    Rows = Callable[[Sequence[Any]], QuerySet[Any, Any]]

_PLACE = -(2**40)  # and below it: stand for the values while the SQL is put together
_kept: dict[Hashable, _Written] = {}


def read(rows: Rows, values: Sequence[Any], *, shape: Hashable, viewer: Viewer | None = None) -> list[tuple[Any, ...]]:
    """What the `values_list()` answers that `rows` makes of the values.

    `shape` tells apart all that `rows` can make besides: two with the same shape and number of values differ in the
    values only. Without a viewer they are what everybody gets.
    """
    if viewer is not None and viewer.is_authenticated:
        return list(rows(values))
    key = (connection.vendor, shape, len(values))
    written = _kept.get(key)
    if written is None:
        written = _Written(rows, len(values))
        if written.is_steady:
            _kept[key] = written
    return written.read(values)


class _Written:
    def __init__(self, rows: Rows, number: int) -> None:
        places = [_PLACE - place for place in range(number)]
        compiler = rows(places).query.get_compiler(using=DEFAULT_DB_ALIAS)
        self.sql, self.parameters = compiler.as_sql()
        self.compiler = compiler
        columns = [column for column, _sql, _alias in compiler.select]
        # Numbers come as what they are.
        self.converters = {
            place: converter
            for place, converter in compiler.get_converters(columns).items()
            if not isinstance(columns[place].output_field, IntegerField)
        }
        # A gate that looks at the clock would ask for something else each time.
        again = rows(places).query.get_compiler(using=DEFAULT_DB_ALIAS).as_sql()
        self.is_steady = again == (self.sql, self.parameters)

    def read(self, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        # A column of text has made text of its place.
        named = {of(_PLACE - place): value for place, value in enumerate(values) for of in (int, str)}
        with connection.cursor() as cursor:
            cursor.execute(self.sql, [named.get(value, value) for value in self.parameters])
            answer = cursor.fetchall()
        return list(map(tuple, self.compiler.apply_converters(answer, self.converters))) if self.converters else answer
