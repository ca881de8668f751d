"""What a nickname may be: the pure rules, without the database."""

from __future__ import annotations

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.impersonation import is_reserved, mistakable, speaks_for_us

MIN_LENGTH, MAX_LENGTH = 3, 20
MARKS_IN_A_ROW = 2

_SIGNS = "._-"
_DIGITS = "0123456789"
_LETTERS, _MARKS = {"Lu", "Ll", "Lo"}, {"Mn", "Mc"}
_ONE_AT_A_TIME = re.compile(r"[^._\-]+(?:[._\-][^._\-]+)*")
# Scripts that people write together (UTS #39, section 5.2, "highly restrictive"); Latin beside them is left out.
_TOGETHER = (
    {"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "IDEOGRAPHIC"},
    {"CJK", "BOPOMOFO", "IDEOGRAPHIC"},
    {"CJK", "HANGUL"},
)
# Letters of no category above that Japanese names have: the lengthening sign and the sign of repetition.
_JAPANESE = "ー々"


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
    if unicodedata.normalize("NFKC", nickname) != nickname or not _is_plain(nickname):
        raise ValidationError(_("Use letters, digits, and the signs . _ - only."), code="characters")
    if not scripts(nickname):
        raise ValidationError(_("A nickname has at least one letter."), code="letters")
    if not _belong_together(scripts(nickname)):
        raise ValidationError(_("Use letters of one alphabet only."), code="scripts")
    if not _ONE_AT_A_TIME.fullmatch(nickname):
        raise ValidationError(
            _("The signs . _ - stand one at a time, between letters or digits."),
            code="signs",
        )
    if is_reserved(nickname) or speaks_for_us(nickname):
        raise ValidationError(mistakable(), code="reserved")


def scripts(text: str) -> set[str]:
    """The writing systems of the letters in `text`, told by the first word of their Unicode names."""
    return {_script(char) for char in text if char.isalpha()}


def _script(char: str) -> str:
    return unicodedata.name(char, "UNKNOWN").split()[0]


def _belong_together(found: set[str]) -> bool:
    return len(found) == 1 or any(found <= together for together in _TOGETHER)


def _is_plain(nickname: str) -> bool:
    """Nothing invisible, nothing that turns the direction of writing, no digits or marks that belong elsewhere."""
    letter, marks = "", 0
    for char in nickname:
        if unicodedata.category(char) in _MARKS:
            marks += 1
            # A mark that is at home in no script, or in another, is none that a name needs.
            if not letter or _script(char) != _script(letter) or marks > MARKS_IN_A_ROW:
                return False
            continue
        is_letter = unicodedata.category(char) in _LETTERS or char in _JAPANESE
        if not is_letter and char not in _DIGITS and char not in _SIGNS:
            return False
        letter, marks = (char if is_letter else ""), 0
    return True
