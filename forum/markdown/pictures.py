"""Pictures in a text. All that a page must know of one stands in its address, so rendering asks no database."""

from __future__ import annotations

import re

UPLOADS = "uploads/"
MEDIA_PATH = "/media/"
SMALL = "-small"
SMALL_WIDTH = 800  # pixels: a phone's screen at twice its width
# The widest that a post gets (--measure), below which it fills the screen.
SIZES = "(max-width: 42rem) 100vw, 40rem"
WIDEST_SHOWN = 640  # pixels; what is wider is only seen whole when it is opened
# In the place of a missing description: screen readers say it in the language of who listens.
UNDESCRIBED = "🖼"

_STEM = r"uploads/[0-9a-f]{32}-[1-9][0-9]{0,3}x[1-9][0-9]{0,3}"
_NAME = re.compile(rf"{_STEM}\.webp")
_FILE = re.compile(rf"({_STEM})({SMALL})?(\.webp)")
_SOURCES = re.compile(rf"/media/({_STEM})-small\.webp {SMALL_WIDTH}w, /media/\1\.webp [1-9][0-9]{{0,3}}w")
# Every sign that means something in Markdown may be escaped (CommonMark 0.31.2, section 2.4).
_SIGNS = re.compile(r"([!-/:-@\[-`{-~])")


def is_upload(url: str) -> bool:
    return url.startswith(MEDIA_PATH) and bool(_NAME.fullmatch(url.removeprefix(MEDIA_PATH)))


def is_sources(value: str) -> bool:
    """Whether this `srcset` is one of ours."""
    return bool(_SOURCES.fullmatch(value))


def names_in(text: str) -> list[str]:
    """The names of the uploads that a text mentions, each once, in their order."""
    return list(dict.fromkeys(_NAME.findall(text))) if UPLOADS in text else []


def upload_behind(file: str) -> str:
    """The name of the upload of which this is the file, large or small; "" when it is none."""
    found = _FILE.fullmatch(file)
    return f"{found[1]}{found[3]}" if found else ""


def small_name(name: str) -> str:
    """Where the thumbnail of an upload lies, if it has one."""
    return f"{name.removesuffix('.webp')}{SMALL}.webp"


def has_small(width: int) -> bool:
    return width > SMALL_WIDTH


def measures(url: str) -> tuple[int, int]:
    """Width and height in pixels. Only for an address that `is_upload`."""
    width, height = url.removesuffix(".webp").rpartition("-")[2].split("x")
    return int(width), int(height)


def attributes(url: str) -> dict[str, str | int | float]:
    """What stands in the `img` besides address and description. Only for an address that `is_upload`."""
    width, height = measures(url)
    sources = {}
    if has_small(width):
        sources = {"srcset": f"{small_name(url)} {SMALL_WIDTH}w, {url} {width}w", "sizes": SIZES}
    return {**sources, "width": str(width), "height": str(height), "loading": "lazy", "decoding": "async"}


def markdown_for(name: str, description: str) -> str:
    """The picture as one writes it into a text."""
    words = _SIGNS.sub(r"\\\1", " ".join(description.split()))
    return f"![{words}]({MEDIA_PATH}{name})"
