"""Markdown in, safe HTML out: the only place where text becomes markup.

CommonMark 0.31.2 (https://spec.commonmark.org/) with tables, strikethrough and bare links, without raw HTML.
The steps: bound what the source may cost, parse, present the tokens our way, write HTML, sanitise it.
Whatever goes wrong on the way, the text stays readable: it is then shown as it was written.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from html import escape

from markdown_it.token import Token

from forum.markdown.characters import readable
from forum.markdown.limits import MAX_LENGTH, TooCostly, check_html
from forum.markdown.parser import parse
from forum.markdown.plain import lines, shorten, words_of
from forum.markdown.presentation import to_html
from forum.markdown.sanitiser import sanitise

__all__ = ["MAX_LENGTH", "RENDERER_VERSION", "excerpt", "plain_text", "render", "words_of"]

# Counts up whenever the same text renders differently, so that stored HTML can be renewed.
RENDERER_VERSION = 2

logger = logging.getLogger(__name__)


def render(text: str) -> str:
    """Safe HTML for a post. Never raises.

    Deterministic: preview and published page are equal byte for byte. A text longer than MAX_LENGTH
    characters, or one made to exhaust a parser, comes back escaped, with its line breaks and without markup.
    """
    source = readable(text)
    return _through_parser(source, lambda tokens: _safe_html(tokens, source), instead=_as_written)


def plain_text(text: str) -> str:
    """The words without the markup, a line for each paragraph, item or cell. Not escaped. Never raises."""
    return readable(_through_parser(readable(text), lines, instead=str))


def excerpt(text: str, length: int = 200) -> str:
    """The beginning of a post as plain text in one line, at most `length` characters. Not escaped."""
    # What has ten times the length in Markdown fills the excerpt; parsing more would only cost time.
    start = text[: 10 * length]
    return shorten(plain_text(start), length, cut=len(start) < len(text))


def _through_parser(source: str, use: Callable[[Sequence[Token]], str], *, instead: Callable[[str], str]) -> str:
    try:
        return use(parse(source))
    except TooCostly:
        return instead(source)
    except Exception:
        # A fault in a parser must cost the markup, never the post; the text itself is nobody's log entry.
        logger.exception("A text of %d characters could not be rendered", len(source))
        return instead(source)


def _safe_html(tokens: Sequence[Token], source: str) -> str:
    html = readable(sanitise(to_html(tokens)))
    check_html(html, source)
    return html


def _as_written(source: str) -> str:
    paragraphs = [escape(part).replace("\n", "<br>\n") for part in source.strip("\n").split("\n\n")]
    return sanitise("".join(f"<p>{part}</p>\n" for part in paragraphs if part.strip()))
