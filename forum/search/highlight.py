"""Excerpts with the words that were looked for, marked. Text goes in, escaped markup comes out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from forum.markdown import plain_text

EXCERPT = 200  # characters
_BEFORE, _AFTER = 300, 900  # characters of Markdown around the first hit: more than an excerpt can show


def marked(text: str, words: Sequence[str]) -> SafeString:
    """The text escaped, with every word that contains one of `words` inside <mark>."""
    pattern = _pattern(words, whole=True)
    if pattern is None:
        return escape(text)
    parts, end = [], 0
    for match in pattern.finditer(text):
        parts += [escape(text[end : match.start()]), "<mark>", escape(match[0]), "</mark>"]
        end = match.end()
    # Every part was escaped on its own; the marks are ours.
    return mark_safe("".join([*parts, escape(text[end:])]))  # noqa: S308


def excerpt_around(source: str, words: Sequence[str]) -> SafeString:
    """About EXCERPT characters of a Markdown text where the first of `words` stands, marked."""
    pattern = _pattern(words)
    hit = pattern.search(source) if pattern else None
    start = max((hit.start() if hit else 0) - _BEFORE, 0)
    window = source[start : start + _BEFORE + _AFTER]
    # Only the window is parsed: a page of hits must not cost as much as a page of posts.
    line = " ".join(plain_text(window).split())
    return marked(_cut(line, pattern, starts=start == 0, ends=start + len(window) >= len(source)), words)


def _cut(line: str, pattern: re.Pattern[str] | None, *, starts: bool, ends: bool) -> str:
    hit = pattern.search(line) if pattern else None
    begin = max(hit.start() - EXCERPT // 3, 0) if hit else 0
    if begin:
        begin = line.rfind(" ", 0, begin) + 1
    piece = line[begin : begin + EXCERPT]
    whole = begin + EXCERPT >= len(line)
    if not whole:
        piece = piece.rpartition(" ")[0] or piece
    return ("" if starts and not begin else "… ") + piece.strip() + ("" if ends and whole else " …")


def _pattern(words: Sequence[str], *, whole: bool = False) -> re.Pattern[str] | None:
    """Finds any of the words; with `whole`, the whole word around it."""
    if not words:
        return None
    choices = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    # Bounded, because a text may be one word of 20,000 letters.
    return re.compile(rf"\w{{0,40}}(?:{choices})\w{{0,40}}" if whole else choices, re.IGNORECASE)
