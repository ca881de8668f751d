"""Excerpts with the words that were looked for, marked. Text goes in, escaped markup comes out."""

from __future__ import annotations

from collections.abc import Iterable, Set
from functools import lru_cache
from html import escape

from django.utils.safestring import SafeString, mark_safe

from forum.markdown import words_of
from forum.search.analyser import LANGUAGES, places, stem_of, term_of, words_as_shown

EXCERPT = 200  # characters
LOOKED_AT = 8_000  # characters of a text in which the first hit is looked for
MARK = "<mark>"


class Highlighter:
    """Marks what is found by one of `stems`. A page has the same words again and again: each is looked at once."""

    def __init__(self, stems: Set[str]) -> None:
        self._stems = stems
        self._seen: set[str] = set()
        self._found: set[str] = set()

    def marked(self, text: str) -> SafeString:
        """The text escaped, with every word that was looked for inside <mark>."""
        return self._with_marks(text, self._found_in(text))

    def _with_marks(self, text: str, found: set[str]) -> SafeString:
        parts: list[str] = []
        end = 0
        for begin, stop in places(text, found):
            parts += [escape(text[end:begin]), MARK, escape(text[begin:stop]), "</mark>"]
            end = stop
        # Every part was escaped on its own; the marks are ours.
        return mark_safe("".join([*parts, escape(text[end:])]))  # noqa: S308

    def excerpt(self, html: str, others: Iterable[str] = ()) -> SafeString:
        """About EXCERPT characters of a rendered text where the first of the words stands, marked.

        Where it has none, of the first of the `others` that has one.
        """
        for text in (html, *others):
            line = words_of(text, LOOKED_AT)
            if found := self._found_in(line):
                return self._around(line, next(places(line, found))[0], found)
        return self._around(words_of(html, LOOKED_AT), 0, set())

    def _around(self, line: str, hit: int, found: set[str]) -> SafeString:
        begin = max(hit - EXCERPT // 3, 0)
        if begin:
            begin = line.rfind(" ", 0, begin) + 1
        piece = line[begin : begin + EXCERPT]
        is_whole = begin + EXCERPT >= len(line)
        if not is_whole:
            piece = piece.rpartition(" ")[0] or piece
        return self._with_marks(("… " if begin else "") + piece.strip() + ("" if is_whole else " …"), found)

    def _found_in(self, text: str) -> set[str]:
        words = words_as_shown(text)
        fresh = words - self._seen
        self._seen |= fresh
        self._found.update(word for word in fresh if not self._stems.isdisjoint(_stems_of(word)))
        return words & self._found


@lru_cache(maxsize=10_000)  # most of what people write are the same few thousand words
def _stems_of(word: str) -> frozenset[str]:
    term = term_of(word)
    return frozenset(stem_of(part, language) for part in (*term.parts, *term.joined) for language in LANGUAGES)
