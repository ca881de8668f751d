"""What stands on a poster, and the drawing of it."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from typing import NamedTuple

from PIL import Image, ImageDraw

from forum.posters.colours import oklch
from forum.posters.lettering import ELLIPSIS, font, lines, written

SIZE = 1200, 630
# Counts up whenever the same words are drawn differently.
_STYLE = 1
_EDGE, _MARGIN = 28, 96
_WIDTH = SIZE[0] - _MARGIN - 72
# Sizes of the title, largest first, and how many lines of each there is room for.
_TITLE = ((76, 4), (64, 4), (54, 5), (46, 6))
_LEADING = 1.22
_SMALL = 34


class Poster(NamedTuple):
    """The words are public ones: who draws a poster has asked the gate."""

    company: str
    hue: int
    title: str = ""
    topic: str = ""

    @property
    def version(self) -> str:
        """Another one for other words or another colour, so that nobody who keeps the picture shows an old one."""
        return sha256(repr((_STYLE, *self)).encode()).hexdigest()[:12]


@lru_cache(maxsize=128)
def drawn(poster: Poster) -> bytes:
    """As PNG. The last ones are kept in memory, some ten kilobytes each."""
    image = Image.new("RGB", SIZE, oklch(0.992, 0.002, poster.hue))
    draw = ImageDraw.Draw(image)
    ink, soft, brand = oklch(0.25, 0.02, poster.hue), oklch(0.46, 0.022, poster.hue), oklch(0.48, 0.135, poster.hue)
    draw.rectangle((0, 0, _EDGE, SIZE[1]), fill=brand)
    company, topic = _one_line(written(poster.company)), _one_line(written(poster.topic))
    draw.text((_MARGIN, 64), company, font=font(_SMALL), fill=brand)
    draw.text((_MARGIN, SIZE[1] - 64 - _SMALL), topic, font=font(_SMALL), fill=soft)
    size, title = _set(written(poster.title))
    height = round(size * _LEADING)
    top = (SIZE[1] - height * len(title)) // 2
    for number, line in enumerate(title):
        draw.text((_MARGIN, top + number * height), line, font=font(size), fill=ink)
    png = BytesIO()
    image.save(png, "PNG")
    return png.getvalue()


def _set(title: str) -> tuple[int, list[str]]:
    """As large as it fits; what fits in no size ends in "…"."""
    for size, most in _TITLE:
        if (found := lines(title, size, _WIDTH, most)) is not None:
            return size, found
    while (found := lines(title + ELLIPSIS, size, _WIDTH, most)) is None:
        title = title[: -max(1, len(title) // 20)].rstrip()
    return size, found


def _one_line(text: str) -> str:
    if font(_SMALL).getlength(text) <= _WIDTH:
        return text
    while font(_SMALL).getlength(text + ELLIPSIS) > _WIDTH:
        text = text[:-1]
    return text.rstrip() + ELLIPSIS
