"""The list of erased accounts that lies outside the database, so that a restored backup brings nobody back.

A line for each: when, a digest, and what was chosen. It says nothing about a person who is not there to compare with.
"""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from accounts.models import Erasure


class Tombstone(NamedTuple):
    digest: str
    keep_posts: bool
    keep_name: bool


def tombstones() -> dict[str, Tombstone]:
    """By digest. What is no such line, such as half of one after a power cut, is passed over."""
    try:
        lines = _file().read_text().splitlines()
    except FileNotFoundError:
        return {}
    parts = [line.split() for line in lines]
    found = [Tombstone(p[1], p[2] == "posts-kept", p[3] == "name-kept") for p in parts if len(p) == 4]
    return {tombstone.digest: tombstone for tombstone in found}


def set_tombstone(erasure: Erasure) -> None:
    """Adds the line unless it is there; on the disk when this returns. Raises OSError when it can not be written."""
    if erasure.account_digest in tombstones():
        return
    choices = f"{'posts-kept' if erasure.keep_posts else 'posts-removed'} {'name-kept' if erasure.keep_name else '-'}"
    _file().parent.mkdir(parents=True, exist_ok=True)
    with _file().open("a") as file:
        # One write: two processes that add a line at the same time do not mix them.
        file.write(f"\n{_second(erasure.started_at)} {erasure.account_digest} {choices}\n")
        file.flush()
        os.fsync(file.fileno())


def _file() -> Path:
    return Path(settings.TOMBSTONES_FILE)


def _second(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
