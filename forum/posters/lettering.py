"""Words in the one font that is here: which of them it can write, and how they break into lines."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

ELLIPSIS = "…"
_FONT = Path(__file__).parent / "vendor" / "DejaVuSans-Bold.ttf"
# Latin, Greek and Cyrillic with their marks and signs. What is written from the right, joins its letters or is drawn in
# colours would come out wrong; what turns the direction of a line has no place in a picture.
WRITABLE = (
    (0x20, 0x7E), (0xA0, 0xAC), (0xAE, 0x24F), (0x386, 0x3CE), (0x400, 0x45F), (0x490, 0x4CF), (0x1E00, 0x1EF9),
    (0x2010, 0x2015), (0x2018, 0x2026), (0x2030, 0x203A), (0x20A0, 0x20B5), (0x20AC, 0x20AC), (0x2122, 0x2122),
    (0x2190, 0x2195), (0x2212, 0x2212), (0x2248, 0x2248), (0x2260, 0x2265),
)  # fmt: skip
_NOT_WRITABLE = re.compile("[^" + "".join(f"\\u{first:04x}-\\u{last:04x}" for first, last in WRITABLE) + "]")


@lru_cache(maxsize=16)
def font(size: int) -> ImageFont.FreeTypeFont:
    """In pixels. Laid out letter by letter: nothing here depends on what else a machine has installed."""
    return ImageFont.truetype(_FONT, size, layout_engine=ImageFont.Layout.BASIC)


def written(text: str) -> str:
    """The text without what the font can not write; "" when that is most of it: better no words than half of them."""
    composed = unicodedata.normalize("NFC", text)
    kept = " ".join(_NOT_WRITABLE.sub(" ", composed).split())
    letters = sum(character.isalnum() for character in composed)
    return kept if 2 * sum(character.isalnum() for character in kept) > letters else ""


def lines(text: str, size: int, width: int, most: int) -> list[str] | None:
    """The text in at most so many lines of this width; None where it does not fit."""
    found, line = [], ""
    for word in text.split():
        for piece in _pieces(word, size, width):
            longer = f"{line} {piece}".strip()
            if font(size).getlength(longer) <= width:
                line = longer
                continue
            found.append(line)
            line = piece
            if len(found) == most:
                return None
    return [*found, line] if line else found


def _pieces(word: str, size: int, width: int) -> list[str]:
    """A word that is wider than the line is broken where the line ends."""
    pieces = [""]
    for character in word:
        if pieces[-1] and font(size).getlength(pieces[-1] + character) > width:
            pieces.append("")
        pieces[-1] += character
    return pieces
