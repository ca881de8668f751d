"""The name on a staff card belongs to one person: people answer here, not a department."""

from __future__ import annotations

import re
from collections.abc import Set

from accounts.impersonation import bare, offices, spellings

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
    wanted = bare(name)
    return _is_made_of(wanted, telling | fillers) and not _is_made_of(wanted, fillers)


def _is_made_of(text: str, words: Set[str]) -> bool:
    pattern = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return bool(re.fullmatch(f"(?:{pattern})+", text))
