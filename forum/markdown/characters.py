"""Characters that no page and no feed can carry."""

from __future__ import annotations

import re

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

# Not a Char in XML 1.0, section 2.2: Atom feeds are XML. Half a surrogate pair is not even UTF-8.
_UNREADABLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def readable(text: str) -> str:
    """The text with line ends as "\\n" and with U+FFFD for every character that cannot be shown."""
    # Word processors break lines with a vertical tab and pages with a form feed.
    lines = text.replace("\r\n", "\n").translate({0x0B: "\n", 0x0C: "\n", 0x0D: "\n"})
    return _UNREADABLE.sub(REPLACEMENT, lines)
