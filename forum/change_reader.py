"""The number of forum.changes, over a connection that asks for nothing else.

Django's own is handed out, looked after and given back with each request, which takes several times as long as this
one question.
"""

from __future__ import annotations

import time
from copy import deepcopy
from queue import Empty, SimpleQueue

from django.db import DEFAULT_DB_ALIAS, DatabaseError, OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from forum.changes import NUMBER

LASTS = 60  # seconds of a connection: a database that was put back from a copy is another file
PATIENCE = 2  # seconds for one question, to wait for one's turn and for an answer
# So that a server that has gone without a word is noticed in time (libpq's and PostgreSQL's names).
_POSTGRESQL = {
    "connect_timeout": PATIENCE,
    "tcp_user_timeout": 1_000 * PATIENCE,
    "keepalives_idle": PATIENCE,
    "keepalives_interval": 1,
    "keepalives_count": 2,
}


class ChangeReader:
    """One for all threads of a process; connects at the first question, so that no two processes share it."""

    def __init__(self) -> None:
        # Holds one thing, which whoever is asking has.
        self._turn: SimpleQueue[None] = SimpleQueue()
        self._turn.put(None)
        self._database: BaseDatabaseWrapper | None = None
        self._since = 0.0

    def number(self) -> int | None:
        """None where nothing is counted. Raises DatabaseError, also when another one waits too long for an answer."""
        try:
            turn = self._turn.get(timeout=PATIENCE)
        except Empty:
            raise OperationalError("The database does not answer.") from None
        try:
            return self._read()
        finally:
            self._turn.put(turn)

    def close(self) -> None:
        if self._database:
            self._database.close()
        self._database = None

    def _read(self) -> int | None:
        if self._database and time.monotonic() - self._since < LASTS:
            try:
                return _ask(self._database)
            except DatabaseError:
                pass  # the server was started anew since, perhaps
        self.close()
        self._database, self._since = _connect(), time.monotonic()
        return _ask(self._database)


def _ask(database: BaseDatabaseWrapper) -> int | None:
    with database.wrap_database_errors:
        # The driver's own execute: a cursor of Django's takes longer than the question.
        found = database.connection.execute(NUMBER).fetchone()[0]
    return None if found is None else int(found)


def _connect() -> BaseDatabaseWrapper:
    """Beside the pool, which counts its connections."""
    shared = connections[DEFAULT_DB_ALIAS]
    settings = deepcopy(shared.settings_dict)
    options = settings["OPTIONS"]
    if shared.vendor == "postgresql":
        options.pop("pool", None)
        options.update(_POSTGRESQL | {name: options[name] for name in _POSTGRESQL.keys() & options.keys()})
        options["options"] = f"{options.get('options', '')} -c statement_timeout={1_000 * PATIENCE}"
    else:
        options["timeout"] = PATIENCE
    own = type(shared)(settings, alias=DEFAULT_DB_ALIAS)
    own.inc_thread_sharing()
    own.connect()
    return own
