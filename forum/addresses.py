"""Addresses of which a page shows many. Django looks for each in the map of all others anew, which takes longer than
all else that a row of a list needs.
"""

from __future__ import annotations

from functools import cache

from django.urls import get_script_prefix, reverse

_FIRST = 1_000_000_000  # stands for the first part, what follows for the next ones


def address(name: str, *parts: str | int) -> str:
    """What reverse() gives for parts that are numbers, public ids or slugs: nothing in them needs to be quoted."""
    return _written(get_script_prefix(), name, len(parts)).format(*parts)


@cache
def _written(prefix: str, name: str, parts: int) -> str:
    """With numbered places; the prefix, which a request may bring along, stands in what reverse() gives."""
    found = reverse(name, args=range(_FIRST, _FIRST + parts))
    for number in range(parts):
        found = found.replace(str(_FIRST + number), f"{{{number}}}")
    return found
