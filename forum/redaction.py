"""Personal data in a text: what looks like it, so that a person looks at it, and taking words out for good.

Finding is a help and no judge: people decide what goes. So rather one mark too many here, where a person who works
on the text reads it, than one too few.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_MONTHS = (
    "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
    "|January|February|March|May|June|July|October|December"
)
_NAME = r"[A-ZÄÖÜ][\w'’-]+"
_STREET = r"(?:[Ss]tra(?:ß|ss)e|[Ss]tr\.|[Ww]eg|[Pp]latz|[Gg]asse|[Aa]llee)"
_KINDS = {
    "email": r"[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+",
    "iban": r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{2,4}){3,8}\b",
    "date": r"\b\d{1,2}\.\s?\d{1,2}\.(?:\s?\d{2,4})?|\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}/\d{1,2}/\d{2,4}\b"
            rf"|\b\d{{1,2}}\.?\s(?:{_MONTHS})\b(?:\s\d{{4}})?|\b(?:{_MONTHS})\s\d{{1,2}}(?:st|nd|rd|th)?(?:,\s\d{{4}})?",
    "address": rf"\b{_NAME}(?:[ -]{_NAME})?{_STREET}\s\d{{1,4}}\s?[a-h]?\b"
               rf"|\b\d{{5}}\s{_NAME}|\b\d{{1,4}}\s{_NAME}\s(?:Street|Road|Avenue|Lane)\b",
    "name": rf"\b(?:Herrn?|Frau|Mr|Mrs|Ms|Dr|Prof)\b\.?\s(?:Dr\.\s)?{_NAME}(?:\s{_NAME})?"
            rf"|(?:[Mm]ein Name ist|[Ii]ch hei(?:ß|ss)e|[Mm]y name is)\s{_NAME}(?:\s{_NAME})?"
            # Two of them, for one alone is any German noun; and what stands under a letter.
            rf"|\b(?:[Ii]ch bin|I am|I'm)(?: die| der)?\s{_NAME}\s{_NAME}"
            rf"|\b(?:Gr(?:ü(?:ß|ss)(?:en?)?|u(?:ß|ss))|LG|VG|MfG|[Rr]egards)[,.!]?\s+{_NAME}(?:\s{_NAME})?",
    # Letters with digits behind them, as orders and customers are numbered; and whatever has many digits.
    "number": r"(?<![\w/.-])[A-Za-z]{1,5}[-/ ]?\d[\d/-]{2,}\d\b|\+?\(?\d[\d ()/-]{4,}\d\b",
}  # fmt: skip
_FOUND = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _KINDS.items()))
LABELS = {
    "email": gettext_lazy("E-mail address"),
    "iban": gettext_lazy("Bank account"),
    "date": gettext_lazy("Date"),
    "address": gettext_lazy("Postal address"),
    "name": gettext_lazy("Name"),
    "number": gettext_lazy("Number"),
}
# Shorter words would take pieces out of others.
SHORTEST = 3


class Piece(NamedTuple):
    """A part of a text; `kind` is empty where nothing looks personal."""

    words: str
    kind: str = ""

    @property
    def label(self) -> str:
        return str(LABELS.get(self.kind, ""))


def pieces(text: str, *, names: Iterable[str] = ()) -> list[Piece]:
    """The whole text in parts, those that look like personal data with their kind. `names` are known ones."""
    found = [(match.start(), match.end(), match.lastgroup or "") for match in _FOUND.finditer(text)]
    found += [(match.start(), match.end(), "name") for name in names if name for match in _whole(name).finditer(text)]
    parts, at = [], 0
    for start, end, kind in sorted(found):
        if start < at:
            continue
        parts += [Piece(text[at:start]), Piece(text[start:end], kind)]
        at = end
    return [part for part in [*parts, Piece(text[at:])] if part.words]


def passages(text: str, *, names: Iterable[str] = ()) -> list[str]:
    """What in it looks like personal data, each once."""
    return list(dict.fromkeys(piece.words for piece in pieces(text, names=names) if piece.kind))


def blacken(text: str, words: Iterable[str], language: str) -> str:
    """The text with a mark where each of the words stood, in any spelling of capitals and spaces."""
    mark = mark_in(language)
    for word in sorted(words, key=len, reverse=True):
        pattern = r"\s+".join(map(re.escape, word.split()))
        if pattern:
            text = re.sub(pattern, lambda _match: mark, text, flags=re.IGNORECASE)
    return text


def mark_in(language: str) -> str:
    """What stands where personal data was. Without a character that means something in Markdown."""
    with translation.override(language):
        return _("‹removed›")


def stub_in(language: str) -> str:
    """What stands where a whole text was personal."""
    with translation.override(language):
        return _("‹This text was removed, because it held personal data.›")


def _whole(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
