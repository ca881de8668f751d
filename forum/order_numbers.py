"""What a company's order numbers look like, in a pattern that an owner can write and no text can make slow."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# A pattern of fewer digits would find every year and every price.
FEWEST_DIGITS = 4


def validate_pattern(pattern: str) -> None:
    """Raises ValidationError for what would find nothing, or half of everything that is written."""
    if re.search(r"[^\w\s#@./-]", pattern):
        raise ValidationError(_("Please use letters, digits, - / . and, in place of a digit or letter, # and @."))
    if pattern.count("#") < FEWEST_DIGITS:
        raise ValidationError(_("Please use at least four #: shorter numbers stand in every text."))


def compiled(pattern: str) -> re.Pattern[str] | None:
    """# is a digit, @ a letter, a space may be missing; everything else stands for itself. None for no pattern."""
    if not pattern.strip():
        return None
    parts = {"#": r"\d", "@": r"[^\W\d_]", " ": r"\s?"}
    body = "".join(parts.get(character, re.escape(character)) for character in pattern.strip())
    return re.compile(rf"(?<![\w-]){body}(?![\w-])", re.IGNORECASE)
