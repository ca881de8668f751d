"""The name on a staff card belongs to one person: people answer here, not a department."""

from __future__ import annotations

import re

from accounts.nicknames import RESERVED, letters

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
    firm = {letters(word) for word in (company, *company.split())}
    telling = {word for word in (RESERVED | _DEPARTMENTS | firm) if len(word) > 2}
    pattern = "|".join(re.escape(word) for word in sorted(telling | _FILLERS, key=len, reverse=True))
    wanted = letters(name)
    return bool(re.fullmatch(f"(?:{pattern})+", wanted)) and not re.fullmatch(f"(?:{'|'.join(_FILLERS)})+", wanted)
