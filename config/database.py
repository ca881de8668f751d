"""SQLite by default, PostgreSQL by address: what each needs to be safe under load."""

from __future__ import annotations

from typing import Any

import dj_database_url

# WAL lets readers go on while one writes. FULL makes an acknowledged write survive a power cut.
_SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL;"
    "PRAGMA synchronous=FULL;"
    "PRAGMA mmap_size=134217728;"
    "PRAGMA journal_size_limit=67108864;"
    "PRAGMA cache_size=-20000;"
)

# Where it guesses that a query is dear, PostgreSQL compiles it, or calls helpers, for longer than any of ours takes.
_POSTGRESQL_OPTIONS = "-c jit=off -c max_parallel_workers_per_gather=0"


def database_settings(url: str, *, pool_size: int) -> dict[str, Any]:
    """Django's settings for one database address.

    Raises ValueError with a sentence when the address is of neither kind.
    """
    try:
        settings: dict[str, Any] = dict(dj_database_url.parse(url))
    except (ValueError, KeyError) as error:
        raise ValueError("DATABASE_URL is not a database address.") from error
    if settings["ENGINE"].endswith("sqlite3"):
        # To open the file and make it ready takes longer than all that a page asks it.
        settings["CONN_MAX_AGE"] = 600
        # IMMEDIATE takes the write lock at the start: a read that turns into a write never fails with "locked".
        settings["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": _SQLITE_PRAGMAS,
        }
    elif settings["ENGINE"].endswith("postgresql"):
        settings["CONN_HEALTH_CHECKS"] = True
        settings["OPTIONS"] = {
            "options": _POSTGRESQL_OPTIONS,
            # What is asked again and again is planned once: planning a search takes longer than answering it.
            "server_side_binding": True,
            "prepare_threshold": 5,
            **settings.get("OPTIONS", {}),
            "pool": {"min_size": 1, "max_size": pool_size, "timeout": 10},
        }
    else:
        raise ValueError("DATABASE_URL must begin with sqlite:/// or postgresql://")
    return settings
