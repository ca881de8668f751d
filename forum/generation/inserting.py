"""Many rows that differ in a few columns: what they have in common is prepared for the database only once."""

from __future__ import annotations

from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model

Row = dict[str, Any]  # values by the names of columns; all rows of one table have the same


class Inserter:
    """Inserts rows like `plain` but for the values they bring."""

    def __init__(self, plain: Model) -> None:
        self.plain = plain
        # Itself, not what stands for it in every thread: it is asked for each value.
        self.connection = connections[DEFAULT_DB_ALIAS]

    def insert(self, rows: list[Row]) -> None:
        """One statement, bound to each row; keys are left to the database."""
        if not rows:
            return
        own, common = self._columns(rows[0])
        quoted = self.connection.ops.quote_name
        names = [quoted(field.column) for field in (*own, *common)]
        places = ", ".join(["%s"] * len(names))
        sql = f"INSERT INTO {quoted(self.plain._meta.db_table)} ({', '.join(names)}) VALUES ({places})"  # noqa: S608 - names of our own
        shared = self._prepared(common, vars(self.plain))
        with self.connection.cursor() as cursor:
            cursor.executemany(sql, [self._prepared(own, row) + shared for row in rows])

    def keys_after(self, last: int) -> dict[str, int]:
        """The keys of rows that came after this one, by their public id."""
        rows = type(self.plain)._base_manager.filter(pk__gt=last)
        return dict(rows.values_list("public_id", "pk"))

    def last_key(self) -> int:
        rows = type(self.plain)._base_manager.order_by("-pk").values_list("pk", flat=True)
        return rows.first() or 0

    def value(self, row: Row, name: str) -> Any:
        """What the row has in a column, be it its own or what all have."""
        return row[name] if name in row else getattr(self.plain, name)

    def _columns(self, row: Row) -> tuple[list[Any], list[Any]]:
        fields = [field for field in self.plain._meta.concrete_fields if not field.primary_key]
        return [f for f in fields if f.attname in row], [f for f in fields if f.attname not in row]

    def _prepared(self, fields: list[Any], values: Row) -> list[Any]:
        return [field.get_db_prep_save(values[field.attname], self.connection) for field in fields]
