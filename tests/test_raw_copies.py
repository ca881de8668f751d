"""What lies on the disk of a database, and what a backup of it holds, says no word of what is private."""

from __future__ import annotations

import sqlite3
import subprocess
from pathlib import Path

import pytest
from django.db import connection

from accounts.models import User
from launch.postgres import find_programs
from tests.canaries import Cast, plant
from tests.test_visibility import PRIVATE, cast

__all__ = ["cast"]  # the fixture


def raw(folder: Path) -> bytes:
    """The bytes of the database file and its log, or a dump, as a thief would get them."""
    if connection.vendor == "sqlite":
        return _file_and_log(folder)
    return _dump()


def _file_and_log(folder: Path) -> bytes:
    with connection.cursor():
        copy = sqlite3.connect(folder / "copy.sqlite3")
        copy.execute("PRAGMA journal_mode=WAL")
        connection.connection.backup(copy)
        found = b"".join(path.read_bytes() for path in sorted(folder.glob("copy.sqlite3*")))
        assert (folder / "copy.sqlite3-wal").exists()
        copy.close()
    return found


def _dump() -> bytes:
    programs, settings = find_programs(), connection.get_connection_params()
    assert programs
    host, port, user = (str(settings.get(name) or "") for name in ("host", "port", "user"))
    command = [str(programs / "pg_dump"), "--dbname", connection.settings_dict["NAME"]]
    command += [part for pair in (("-h", host), ("-p", port), ("-U", user)) if pair[1] for part in pair]
    return subprocess.run(
        command, check=True, capture_output=True, env={"PGPASSWORD": str(settings.get("password") or "")}
    ).stdout


@pytest.mark.django_db(transaction=True)
def test_neither_file_nor_dump_holds_a_private_word(cast: Cast, tmp_path: Path) -> None:
    plant(cast)
    found = raw(tmp_path)
    assert b"canaryheldquestion" in found  # it is the database, and what is not private is in it
    assert [word for word in PRIVATE if word.encode() in found] == []
    assert User.objects.exists()
