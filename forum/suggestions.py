"""What is suggested before somebody asks, by the short keys that a form carries: `faq-12`, `q-0123456789`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from forum.models import FaqEntry, Question

if TYPE_CHECKING:
    from forum.querysets import Viewer

MOST = 30  # keys in one form
_KEY = re.compile(r"(?P<kind>faq|q)-(?P<id>[0-9a-z]{1,10})", re.ASCII)


def key_of(one: Question | FaqEntry) -> str:
    return f"faq-{one.pk}" if isinstance(one, FaqEntry) else f"q-{one.public_id}"


def keys_in(said: Iterable[str]) -> list[str]:
    """Those that can be keys, each once."""
    return list(dict.fromkeys(key for key in said if _KEY.fullmatch(key)))[:MOST]


def found_by(keys: Iterable[str], reader: Viewer) -> list[Question | FaqEntry]:
    """What is behind these keys, as far as this person may read it; nothing of a discreet topic."""
    parts = [match for key in keys_in(keys) if (match := _KEY.fullmatch(key))]
    numbers = [int(part["id"]) for part in parts if part["kind"] == "faq" and part["id"].isdecimal()]
    names = [part["id"] for part in parts if part["kind"] == "q"]
    found: list[Question | FaqEntry] = []
    if numbers:
        found += FaqEntry.objects.public().filter(pk__in=numbers, topic__discreet=False).select_related("topic")
    if names:
        found += Question.objects.visible_to(reader).filter(public_id__in=names, topic__discreet=False)
    return found
