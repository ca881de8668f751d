"""The words of a text without its markup, for excerpts, search and mail."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape

from markdown_it.token import Token

ELLIPSIS = "…"
# A tag may say ">" between its quotes; the last one may have been cut off. Those inside a line leave no gap.
_REST = r'\b[^>"]*(?:"[^"]*"[^>"]*)*(?:>|"?[^"]*$)'
_TAG = re.compile(rf"</?\w+{_REST}")
_INLINE = re.compile(rf"</?(?:a|code|em|s|span|strong){_REST}")


def lines(tokens: Iterable[Token]) -> str:
    return "\n".join(block for block in _blocks(tokens) if block)


def words(children: Iterable[Token]) -> str:
    """The words of one paragraph's tokens; an image stands for its description."""
    return "".join(_words(token) for token in children)


def shorten(text: str, length: int, *, cut: bool = False) -> str:
    """One line of at most `length` characters; it ends in "…" if words are missing, or were `cut` before."""
    line = " ".join(text.split())
    if len(line) <= length and not cut:
        return line
    room = line[: max(length - len(ELLIPSIS), 0)]
    if line[len(room) : len(room) + 1].strip():
        whole = room.rpartition(" ")[0]
        # A word longer than half the room is cut rather than left out.
        room = whole if len(whole) > len(room) / 2 else room
    return (room.rstrip(" ,;:–-") + ELLIPSIS)[:length]


def words_of(html: str, length: int) -> str:
    """The words of rendered HTML in one line of at most `length` characters. Not escaped.

    Many times quicker than parsing the source again; right for what our sanitiser wrote, and for nothing else.
    """
    start = html[: 8 * length]
    return shorten(unescape(_TAG.sub(" ", _INLINE.sub("", start))), length, cut=len(start) < len(html))


def _blocks(tokens: Iterable[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type == "inline":
            yield words(token.children or [])
        elif token.type in ("fence", "code_block"):
            yield token.content.strip("\n")


def _words(token: Token) -> str:
    if token.type == "image":
        return words(token.children or [])
    return "\n" if token.type in ("softbreak", "hardbreak") else token.content
