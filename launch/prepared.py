"""Whether the site is ready to be served as it is: asked at every start, in milliseconds.

A start that finds everything as the last preparation left it skips the preparation. The record says what
the code looked like then and what the database said about itself, so neither an update of the code nor
a deleted, restored or exchanged database goes unnoticed.
"""

import contextlib
import hashlib
import json
import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path

from launch.environment import PROJECT

WATCHED = ("requirements/base.lock", "config/*.py", "*/migrations/*.py", "static/**/*", "locale/**/*.po")
SETTINGS = ("DATABASE_URL", "REDIS_URL", "STATIC_ROOT", "DEMO", "DEBUG")


def record_path(environment: Mapping[str, str]) -> Path:
    return Path(environment["DATA_DIR"]) / "prepared.json"


def write_record(environment: Mapping[str, str], *, static_root: str, sign_ins: str) -> None:
    """Remember that everything is in place."""
    record = {
        "code": code_digest(environment),
        "database": database_digest(environment["DATABASE_URL"]),
        "static": static_root,
        "sign_ins": sign_ins,
    }
    record_path(environment).write_text(json.dumps(record))


def read_record(environment: Mapping[str, str]) -> dict[str, str]:
    """What the last preparation left; empty when there was none."""
    try:
        record: dict[str, str] = json.loads(record_path(environment).read_text())
    except (OSError, ValueError):
        return {}
    return record


def is_fresh(record: Mapping[str, str], environment: Mapping[str, str]) -> bool:
    """Whether code, database and made files still are what the record says."""
    database = database_digest(environment["DATABASE_URL"])
    return (
        database is not None
        and record.get("database") == database
        and record.get("code") == code_digest(environment)
        and (Path(record["static"]) / "staticfiles.json").is_file()
        and all(po.with_suffix(".mo").is_file() for po in PROJECT.glob("locale/*/LC_MESSAGES/*.po"))
    )


def code_digest(environment: Mapping[str, str]) -> str:
    """Changes with any file or setting that migrating, collecting or translating depends on."""
    digest = hashlib.sha256()
    for path in watched_files():
        digest.update(f"{path.relative_to(PROJECT)}\0".encode())
        digest.update(path.read_bytes())
    digest.update(repr([environment.get(name) for name in SETTINGS]).encode())
    return digest.hexdigest()


def watched_files() -> Iterable[Path]:
    return sorted(path for pattern in WATCHED for path in PROJECT.glob(pattern) if path.is_file())


def database_digest(url: str) -> str | None:
    """The migrations as the database itself records them; None for no database, an empty one or no SQLite."""
    if not url.startswith("sqlite:///"):
        return None
    path = Path(url.removeprefix("sqlite:///").partition("?")[0])
    try:
        with contextlib.closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
            rows = connection.execute("SELECT app, name, applied FROM django_migrations ORDER BY id").fetchall()
            peopled = connection.execute("SELECT EXISTS (SELECT 1 FROM accounts_user)").fetchone()[0]
    except (sqlite3.Error, ValueError):
        return None
    return hashlib.sha256(repr(sorted(rows)).encode()).hexdigest() if peopled else None
