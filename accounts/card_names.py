"""The name on a staff card belongs to one person: people answer here, not a department."""

from __future__ import annotations

import re
from collections.abc import Set

from accounts.impersonation import bare, offices, readings, spellings

_DEPARTMENTS = frozenset(
    [
        "administration", "beratung", "care", "crew", "department", "hotline", "inhaber", "inhaberin", "kunden",
        "kundenbetreuung", "mitarbeiter", "mitarbeiterin", "redaktion", "verwaltung", "webseite", "website", "zentrale",
    ]
)  # fmt: skip
_FILLERS = frozenset(
    [
        "and", "das", "dein", "der", "die", "euer", "ihr", "of", "our", "the", "und", "unser", "unsere", "vom",
        "von", "your",
    ]
)  # fmt: skip


def is_shared(name: str, company: str) -> bool:
    """Whether the name says nothing but a department, the company, or both: "Support Team", "Quellmoos Service"."""
    telling = offices() | {word for said in (*_DEPARTMENTS, company, *company.split()) for word in spellings(said)}
    fillers = {bare(word) for word in _FILLERS}
    said = readings(name)
    return any(_is_made_of(text, telling | fillers) and not _is_made_of(text, fillers) for text in said)


def _is_made_of(text: str, words: Set[str]) -> bool:
    pattern = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return bool(re.fullmatch(f"(?:{pattern})+", text))
