"""The table in which limits are counted where there is no Redis."""

from __future__ import annotations

import base64
import pickle
from datetime import UTC, datetime
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.db import DatabaseError, connection

_WRITE = """
    INSERT INTO {table} (cache_key, value, expires) VALUES (%s, %s, %s)
    ON CONFLICT (cache_key) DO UPDATE SET value = excluded.value, expires = excluded.expires
"""
_IF_OVER = "WHERE {table}.expires < %s"


class CountingCache(DatabaseCache):
    """Django's cache in a table, which forgets nothing before its time and writes with one statement.

    Django's own throws a third of the rows away as soon as there are more than 300, whether they count still or not:
    a busy hour, or somebody with some hundred addresses, would begin all limits anew. Here `accounts.retention` takes
    out what is over. And Django's counts all rows and opens a transaction each time, for every preview twice.
    """

    _table: str

    def _base_set(self, mode: str, key: str, value: Any, timeout: float | None = DEFAULT_TIMEOUT) -> bool:
        if mode == "touch":
            return bool(super()._base_set(mode, key, value, timeout))  # type: ignore[misc]  # not in the stubs
        table, until = connection.ops.quote_name(self._table), self.get_backend_timeout(timeout)
        expires = datetime.max.replace(tzinfo=UTC) if until is None else datetime.fromtimestamp(until, tz=UTC)
        written = base64.b64encode(pickle.dumps(value, self.pickle_protocol)).decode("ascii")
        statement, values = _WRITE.format(table=table), [key, written, _instant(expires)]
        if mode == "add":
            statement, values = statement + _IF_OVER.format(table=table), [*values, _instant(datetime.now(UTC))]
        try:
            with connection.cursor() as cursor:
                cursor.execute(statement, values)
                return bool(cursor.rowcount)
        except DatabaseError:
            return False  # as Django's own: whoever must know whether it works asks for the value

    def _cull(self, *_rows: Any) -> None:
        """See above."""


def _instant(moment: datetime) -> Any:
    """As Django's own keeps and compares it: without fractions."""
    return connection.ops.adapt_datetimefield_value(moment.replace(microsecond=0))
