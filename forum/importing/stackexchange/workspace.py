"""What must be known before the posts are read, kept on disk: the memory used does not grow with the dump."""

from __future__ import annotations

import sqlite3
import tempfile
from types import TracebackType

from forum.importing.report import Report
from forum.importing.stackexchange.dump import QUESTION, Dump, has_id, tags

_TABLES = """
CREATE TABLE person (id TEXT PRIMARY KEY, name TEXT, joined TEXT);
CREATE TABLE markdown (post TEXT PRIMARY KEY, text TEXT);
CREATE TABLE accepted (post TEXT PRIMARY KEY, day TEXT);
CREATE TABLE duplicate (post TEXT PRIMARY KEY, original TEXT);
CREATE TABLE tag (name TEXT PRIMARY KEY, uses INTEGER, excerpt TEXT);
"""
_FIRST, _EDIT, _ROLLBACK = "2", "5", "8"
_ACCEPTED, _DUPLICATE = "1", "3"


class Workspace:
    """A temporary SQLite file, gone when the import ends."""

    def __init__(self) -> None:
        self._file = tempfile.NamedTemporaryFile(prefix="import-", suffix=".sqlite3")  # noqa: SIM115 - closed in __exit__
        self.database = sqlite3.connect(self._file.name, isolation_level=None)
        self.database.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; BEGIN;" + _TABLES)

    def __enter__(self) -> Workspace:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.database.close()
        self._file.close()

    def one(self, query: str, key: str) -> tuple[str, ...] | None:
        row: tuple[str, ...] | None = self.database.execute(query, (key,)).fetchone()
        return row

    def markdown_of(self, post: str) -> str | None:
        row = self.one("SELECT text FROM markdown WHERE post = ?", post)
        return row[0] if row else None

    def gather(self, dump: Dump, report: Report) -> None:
        """Reads every file but Posts' texts and Comments."""
        self._gather_people(dump)
        self._gather_tags(dump)
        self._gather_votes(dump, report)
        self._gather_links(dump, report)
        self._gather_history(dump, report)

    def _gather_people(self, dump: Dump) -> None:
        for row in filter(has_id, dump.rows("Users")):
            values = (row["Id"], row.get("DisplayName", ""), row.get("CreationDate"))
            self.database.execute("INSERT OR REPLACE INTO person VALUES (?, ?, ?)", values)

    def _gather_tags(self, dump: Dump) -> None:
        excerpts = {row["TagName"]: row.get("ExcerptPostId", "") for row in dump.rows("Tags") if row.get("TagName")}
        for row in dump.posts(QUESTION):
            for name in tags(row.get("Tags")):
                self.database.execute(
                    "INSERT INTO tag VALUES (?, 1, ?) ON CONFLICT (name) DO UPDATE SET uses = uses + 1",
                    (name, excerpts.get(name, "")),
                )

    def _gather_votes(self, dump: Dump, report: Report) -> None:
        for row in dump.rows("Votes"):
            if row.get("VoteTypeId") == _ACCEPTED:
                values = (row.get("PostId"), row.get("CreationDate"))
                self.database.execute("INSERT OR REPLACE INTO accepted VALUES (?, ?)", values)
            else:
                report.left_out["votes, because the dump does not say whose they are"] += 1

    def _gather_links(self, dump: Dump, report: Report) -> None:
        for row in dump.rows("PostLinks"):
            if row.get("LinkTypeId") == _DUPLICATE:
                values = (row.get("PostId"), row.get("RelatedPostId"))
                self.database.execute("INSERT OR REPLACE INTO duplicate VALUES (?, ?)", values)
            else:
                report.left_out["links between posts that are no duplicates; they stand in the texts"] += 1

    def _gather_history(self, dump: Dump, report: Report) -> None:
        for row in dump.rows("PostHistory"):
            kind = row.get("PostHistoryTypeId")
            if kind in (_FIRST, _EDIT, _ROLLBACK) and row.get("Text"):
                # Ordered by time, so the last one stays: the Markdown of the post as it is today.
                values = (row.get("PostId"), row["Text"].replace("\r\n", "\n"))
                self.database.execute("INSERT OR REPLACE INTO markdown VALUES (?, ?)", values)
                report.left_out["earlier versions of texts"] += kind != _FIRST
