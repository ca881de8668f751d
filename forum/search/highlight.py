"""Excerpts with the words that were looked for, marked. Text goes in, escaped markup comes out."""

from __future__ import annotations

from collections.abc import Set

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from forum.markdown import words_of
from forum.search.analyser import LANGUAGES, Term, places, stem_of

EXCERPT = 200  # characters
LOOKED_AT = 8_000  # characters of a text in which the first hit is looked for


def marked(text: str, stems: Set[str]) -> SafeString:
    """The text escaped, with every word that is found by one of `stems` inside <mark>."""
    parts, end = [], 0
    for begin, stop, term in places(text):
        if is_found(term, stems):
            parts += [escape(text[end:begin]), "<mark>", escape(text[begin:stop]), "</mark>"]
            end = stop
    # Every part was escaped on its own; the marks are ours.
    return mark_safe("".join([*parts, escape(text[end:])]))  # noqa: S308


def excerpt_around(html: str, stems: Set[str]) -> SafeString:
    """About EXCERPT characters of a rendered text where the first of the words stands, marked."""
    line = words_of(html, LOOKED_AT)
    hit = first_hit(line, stems)
    begin = max(hit - EXCERPT // 3, 0) if hit else 0
    if begin:
        begin = line.rfind(" ", 0, begin) + 1
    piece = line[begin : begin + EXCERPT]
    is_whole = begin + EXCERPT >= len(line)
    if not is_whole:
        piece = piece.rpartition(" ")[0] or piece
    return marked(("… " if begin else "") + piece.strip() + ("" if is_whole else " …"), stems)


def first_hit(line: str, stems: Set[str]) -> int | None:
    return next((begin for begin, _stop, term in places(line) if is_found(term, stems)), None)


def is_found(term: Term, stems: Set[str]) -> bool:
    return any(stem_of(word, language) in stems for word in (*term.parts, *term.joined) for language in LANGUAGES)
