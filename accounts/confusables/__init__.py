"""What a name looks like: names with the same skeleton are easily taken for each other.

Unicode UTS #39, section 4 (https://www.unicode.org/reports/tr39/#Confusable_Detection), and once more after case
folding, since nicknames that differ only in case are one. docs/decisions/0012-nicknames.md says why this is ours.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).with_name("table.txt")


def skeleton(name: str) -> str:
    """Equal for two names that look alike, in whatever case they are written.

    A capital i looks like a small l, and is a small i as well: so these three, and the digit 1, are one.
    """
    upper = _prototypes(unicodedata.normalize("NFKC", name))
    return _prototypes(upper.casefold()).replace("i", "l")


def _prototypes(text: str) -> str:
    """`skeleton(X)` of UTS #39. What is ignored in display can not come up: no nickname may contain it.

    Looked up before decomposing as well: the file has a dozen lines for composed letters that would be missed else.
    """
    composed = unicodedata.normalize("NFC", text).translate(_table())
    return _decomposed(_decomposed(composed).translate(_table()))


def _decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


@cache
def _table() -> dict[int, str]:
    rows = [line.partition(":") for line in _TABLE.read_text(encoding="ascii").splitlines() if line[0] != "#"]
    return {int(source, 16): _text(prototype) for prototype, _colon, sources in rows for source in sources.split()}


def _text(code_points: str) -> str:
    return "".join(chr(int(code_point, 16)) for code_point in code_points.split())
