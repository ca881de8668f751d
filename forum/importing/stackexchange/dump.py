"""A dump folder: its files, their rows, and the values in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from forum.importing.failure import ImportFailed
from forum.importing.xml_rows import Row, read_rows

QUESTION, ANSWER, TAG_EXCERPT = "1", "2", "4"

_NUMBER = re.compile(r"-?[0-9]{1,18}")


class Dump:
    """Any file but Posts may be missing."""

    def __init__(self, folder: Path) -> None:
        if not folder.is_dir():
            raise ImportFailed(folder, None, "is not a folder." if folder.exists() else "does not exist.")
        self.folder = folder
        if not self.path("Posts"):
            raise ImportFailed(folder, None, "has no Posts.xml and no Posts.xml.xz.")

    def path(self, name: str) -> Path | None:
        candidates = (self.folder / f"{name}.xml", self.folder / f"{name}.xml.xz")
        return next((path for path in candidates if path.is_file()), None)

    def rows(self, name: str) -> Iterator[Row]:
        """The rows of one file, none when it is missing. Raises ImportFailed."""
        path = self.path(name)
        return read_rows(path) if path else iter(())

    def posts(self, kind: str) -> Iterator[Row]:
        return (row for row in self.rows("Posts") if row.get("PostTypeId") == kind and has_id(row))


def has_id(row: Row) -> bool:
    """Whether the row can be told from others: what has no number can not be found again."""
    return bool(_NUMBER.fullmatch(row.get("Id", "")))


def moment(text: str | None) -> datetime | None:
    """A time of the dump, which is UTC without saying so; None when it is missing, or no time of the web's years."""
    try:
        found = datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
    if found is None or not 1990 <= found.year < 2100:
        return None
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)


def tags(text: str | None) -> list[str]:
    """The names in `<a><b>` (until 2023) or `|a|b|` (from 2024)."""
    return [name for name in re.split(r"[<>|]+", text or "") if name]
