"""Titles of other systems, made to fit ours."""

from __future__ import annotations

from forum.markdown.characters import readable
from forum.markdown.plain import shorten

MAX_TITLE = 150


def fitting_title(title: str) -> tuple[str, str]:
    """The title in one line of at most 150 characters, and the whole of it when that was not enough, else ""."""
    line = " ".join(readable(title).split())
    if len(line) <= MAX_TITLE:
        return line or "?", ""
    return shorten(line, MAX_TITLE), line
