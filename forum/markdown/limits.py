"""What one text may cost.

A Markdown parser written in Python is quick on letters and quadratic on a few patterns; every cap here stands
for one of them, found by `bench/markdown.py`. Caps count characters, so the same text always fares the same.
The deadline is for patterns nobody has thought of yet.
"""

from __future__ import annotations

import re
import time

MAX_LENGTH = 20_000  # characters of a post
MAX_NESTING = 20  # quotes and lists inside each other; deeper ones are shown as text
MAX_INLINE_NESTING = 40  # emphasis inside emphasis
MAX_LINKS = 200  # bare links; in a text with more, none is made clickable
MAX_IMAGES = 100
MAX_IMAGE_NESTING = 4  # images in the description of an image
MAX_LINES = 4_000
MAX_BRACKETS = 2_000
MAX_COLUMNS = 20
MAX_CELLS = 10_000
MAX_GROWTH = 20  # characters of HTML for each character of text
CPU_SECONDS = 2.0

_IMAGE_BRACKETS = re.compile(r"!\[|\]")
_DELIMITER_ROW = re.compile(r"[ \t>]*[|:-][|: \t-]*")


class TooCostly(Exception):
    """The text would take too long, or grow too large."""


def check_source(source: str) -> None:
    """Raises TooCostly for a text that is not worth trying."""
    if (
        len(source) > MAX_LENGTH
        or source.count("\n") > MAX_LINES
        or source.count("[") > MAX_BRACKETS
        or source.count("![") > MAX_IMAGES
        or _image_nesting(source) > MAX_IMAGE_NESTING
    ):
        raise TooCostly


def _image_nesting(source: str) -> int:
    depth = deepest = 0
    for bracket in _IMAGE_BRACKETS.findall(source):
        depth = depth + 1 if bracket == "![" else max(depth - 1, 0)
        deepest = max(deepest, depth)
    return deepest


def has_few_links(source: str) -> bool:
    return source.count("://") + source.lower().count("mailto:") <= MAX_LINKS


def has_small_tables(source: str) -> bool:
    """Whether tables are worth making: every row, however short, is filled up to the width of its table."""
    cells = rows = 0
    for line in reversed(source.split("\n")):
        rows = rows + 1 if line.strip() else 0
        columns = line.count("|") + 1
        if columns > 1 and _DELIMITER_ROW.fullmatch(line):
            cells += rows * columns
            # A row may also begin and end with a bar.
            if columns > MAX_COLUMNS + 2 or cells > MAX_CELLS:
                return False
    return True


def check_html(html: str, source: str) -> None:
    """Raises TooCostly for a short text that became a long page."""
    if len(html) > MAX_GROWTH * len(source) + 1_000:
        raise TooCostly


def deadline() -> float:
    """The processor time of this thread at which parsing gives up: a busy machine is not the text's fault."""
    return time.thread_time() + CPU_SECONDS


def check_deadline(until: float) -> None:
    if time.thread_time() > until:
        raise TooCostly
