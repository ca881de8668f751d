"""The databases' own indexes beside the documents' tables. Each step may be taken again: what is there stays."""

from __future__ import annotations

from typing import Any

TABLES = {"forum_questiondocument": "question_id", "forum_faqdocument": "entry_id"}

# Of words alone, without their places (detail=none): a third of the size, and nothing here asks for places.
_SQLITE = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS {table}_index USING fts5(head, tokens, content='{table}',"
    " content_rowid='{key}', tokenize='ascii', detail=none, columnsize=0)",
    "CREATE TRIGGER IF NOT EXISTS {table}_added AFTER INSERT ON {table} BEGIN"
    " INSERT INTO {table}_index(rowid, head, tokens) VALUES (new.{key}, new.head, new.tokens); END",
    "CREATE TRIGGER IF NOT EXISTS {table}_removed AFTER DELETE ON {table} BEGIN"
    " INSERT INTO {table}_index({table}_index, rowid, head, tokens)"
    " VALUES ('delete', old.{key}, old.head, old.tokens); END",
    "CREATE TRIGGER IF NOT EXISTS {table}_changed AFTER UPDATE ON {table} BEGIN"
    " INSERT INTO {table}_index({table}_index, rowid, head, tokens)"
    " VALUES ('delete', old.{key}, old.head, old.tokens);"
    " INSERT INTO {table}_index(rowid, head, tokens) VALUES (new.{key}, new.head, new.tokens); END",
)
# An array makes the vector: PostgreSQL's own parser, which takes some words apart, never sees one.
_POSTGRESQL = (
    "ALTER TABLE {table} ADD COLUMN IF NOT EXISTS vector tsvector GENERATED ALWAYS AS"
    " (array_to_tsvector(string_to_array(btrim(head || ' ' || tokens), ' '))) STORED",
    "CREATE INDEX IF NOT EXISTS {table}_vector ON {table} USING gin (vector) WITH (fastupdate = off)",
)
# So many pages at a time, while others wait to write.
_MERGED = ("INSERT INTO {table}_index({table}_index, rank) VALUES ('merge', -500)",)
_GONE = ("DROP TRIGGER IF EXISTS {table}_added", "DROP TRIGGER IF EXISTS {table}_removed",
         "DROP TRIGGER IF EXISTS {table}_changed", "DROP TABLE IF EXISTS {table}_index")  # fmt: skip


def install(connection: Any) -> None:
    """Also wherever a table of documents is made anew: with the table, SQLite drops its triggers."""
    _run(connection, _SQLITE if connection.vendor == "sqlite" else _POSTGRESQL)


def remove(connection: Any) -> None:
    """Before the tables go. In PostgreSQL column and index go with them."""
    if connection.vendor == "sqlite":
        _run(connection, _GONE)


def rebuild(connection: Any) -> None:
    """Makes SQLite's index anew from the documents, whatever became of it."""
    if connection.vendor == "sqlite":
        remove(connection)
    install(connection)
    if connection.vendor == "sqlite":
        _run(connection, ("INSERT INTO {table}_index({table}_index) VALUES ('rebuild')",))


def let_go(connection: Any) -> bool:
    """Makes SQLite merge a piece of its index, with which goes what was deleted; whether nothing is left to merge.

    Until then deleted words lie in older parts of the index, where nothing finds them but a look at the bytes.
    PostgreSQL clears up by itself, as everywhere (VACUUM).
    """
    if connection.vendor != "sqlite":
        return True
    before = connection.connection.total_changes
    _run(connection, _MERGED)
    # Fewer than two changes: nothing was done (https://www.sqlite.org/fts5.html, section 6.7).
    return int(connection.connection.total_changes - before) < 2 * len(TABLES)


def _run(connection: Any, statements: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        for table, key in TABLES.items():
            for statement in statements:
                cursor.execute(statement.format(table=table, key=key))
