"""What a nickname may be: the pure rules, without the database."""

from __future__ import annotations

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MIN_LENGTH, MAX_LENGTH = 3, 20

# Names that would speak for the company or the software.
RESERVED = frozenset(
    [
        "admin",
        "administrator",
        "anonymous",
        "company",
        "customer",
        "customerservice",
        "desk",
        "help",
        "helpdesk",
        "info",
        "jemand",
        "kontakt",
        "kunde",
        "kundendienst",
        "kundenservice",
        "mail",
        "moderation",
        "moderator",
        "moderatorin",
        "nobody",
        "office",
        "official",
        "owner",
        "postmaster",
        "root",
        "security",
        "service",
        "somebody",
        "sprechstunde",
        "staff",
        "support",
        "system",
        "team",
        "webmaster",
        "you",
    ]
)

_ALLOWED = re.compile(r"[\w.\-]+", re.UNICODE)


def nickname_key(nickname: str) -> str:
    """The form in which two nicknames are compared: NFKC and case folded (Unicode TR15, TR44)."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", nickname).casefold())


def validate_nickname(nickname: str) -> None:
    """Raises ValidationError with a sentence for the person who chose it."""
    if not MIN_LENGTH <= len(nickname) <= MAX_LENGTH:
        raise ValidationError(
            _("A nickname has %(min)d to %(max)d characters.") % {"min": MIN_LENGTH, "max": MAX_LENGTH},
            code="length",
        )
    if unicodedata.normalize("NFKC", nickname) != nickname or not _ALLOWED.fullmatch(nickname):
        raise ValidationError(
            _("Use letters, digits, and the signs . _ - only."),
            code="characters",
        )
    if not scripts(nickname):
        raise ValidationError(_("A nickname has at least one letter."), code="letters")
    if len(scripts(nickname)) > 1:
        raise ValidationError(_("Use letters of one alphabet only."), code="scripts")
    if letters(nickname) in RESERVED:
        raise ValidationError(mistakable(), code="reserved")


def mistakable() -> str:
    return _("This name could be mistaken for the company. Please choose another.")


def scripts(text: str) -> set[str]:
    """The writing systems of the letters in `text`, told by the first word of their Unicode names."""
    return {unicodedata.name(char, "UNKNOWN").split()[0] for char in text if char.isalpha()}


def without_signs(name: str) -> str:
    """Stella.Stern_24 → stellastern24"""
    return re.sub(r"[\W_]", "", nickname_key(name))


def letters(name: str) -> str:
    """Kunden.Service_24 → kundenservice"""
    return re.sub(r"\d", "", without_signs(name))


def speaks_for(nickname: str, name: str) -> bool:
    """Whether the nickname is a word of this name, alone or beside a word such as team or service."""
    wanted = letters(nickname)
    words = {letters(name), *(letters(word) for word in name.split())}
    return any(
        len(word) > MIN_LENGTH and word in wanted and wanted.replace(word, "") in {"", *words, *RESERVED}
        for word in words
    )
