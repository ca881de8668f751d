"""What is written in HTML, word by word: so an import can tell whether a text reads here as it did there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from html import unescape

_IMAGE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_DESCRIPTION, _ADDRESS = (re.compile(rf"\b{name}=(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE) for name in ("alt", "src"))
_RAISED = re.compile(r"<sup\b[^>]*>(?=\s*(?!</sup)\S)", re.IGNORECASE)
# Tags within a word; every other one is a border between two.
_WITHIN_WORDS = re.compile(
    r"</?(?:a|abbr|b|big|cite|code|del|dfn|em|font|i|ins|kbd|mark|q|s|samp|small|span|strike|strong|sub|sup|time|tt|u|var|wbr)"
    r"(?:\s[^>]*|/)?>",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[^>]*>")


def words_of(html: str) -> list[str]:
    """All words of a piece of well-formed HTML, in order.

    An image counts as its description or address, a raised figure as it is written here: ^1.
    """
    described = _RAISED.sub("^", _IMAGE.sub(_description, html))
    return unescape(_TAG.sub(" ", _WITHIN_WORDS.sub("", described))).split()


def first_faithful(sources: Iterable[str], wanted: list[str], read: Callable[[str], str]) -> tuple[str, bool]:
    """The first source whose HTML has the wanted words, and True; else the nearest one, and False.

    `read` makes the HTML of a source. Nearest is the first with the same letters, then the last one of all.
    """
    near = source = ""
    for source in sources:
        words = words_of(read(source))
        if words == wanted:
            return source, True
        near = near or ("".join(words) == "".join(wanted) and source) or ""
    return near or source, False


def _description(image: re.Match[str]) -> str:
    found = (pattern.search(image[0]) for pattern in (_DESCRIPTION, _ADDRESS))
    return next((text for match in found if match and (text := match[1] or match[2])), "")
