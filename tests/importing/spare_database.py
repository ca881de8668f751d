"""A database beside the tests' own, of the same kind, which other processes can use."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
from django.db import connection


@dataclass(frozen=True)
class SpareDatabase:
    url: str
    connect: Callable[[], Any]

    def count(self, table: str) -> int:
        """The rows that are committed."""
        with closing(self.connect()) as database:
            return int(database.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


@contextmanager
def copied_to_file(path: Path) -> Iterator[SpareDatabase]:
    """SQLite: a copy that other processes may write to and break."""
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as copy:
        connection.connection.backup(copy)
    yield SpareDatabase(f"sqlite:///{path}", lambda: sqlite3.connect(path, timeout=20))


@contextmanager
def copied_on_server() -> Iterator[SpareDatabase]:
    """PostgreSQL: a database can only be copied while nobody is connected to it."""
    template, name = connection.settings_dict["NAME"], f"{connection.settings_dict['NAME']}_spare"
    server = os.environ["DATABASE_URL"]
    url = urlsplit(server)._replace(path=f"/{name}").geturl()
    connection.close()
    connection.close_pool()
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f'DROP DATABASE IF EXISTS "{name}"')
        admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        yield SpareDatabase(url, lambda: psycopg.connect(url))
        admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
