"""Whose name a nickname could be taken for: read as people read, through digits, signs and look-alike letters.

No word is looked for inside another: badminton is no admin, and a supporter no support.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Set
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _

from accounts.confusables import skeleton

SHORTEST = 3  # letters of a word that counts when nicknames are read as words put together

_WORDLISTS = Path(__file__).with_name("wordlists")
# 0 and 1 look like letters anyway; these are read as letters by people who want to.
_READ_AS = str.maketrans("34578", "eastb")
_EDGE = "0123456789._-"
_PARTS = re.compile(r"[\d._\-]+|(?<=[a-zäöüß])(?=[A-ZÄÖÜ])")
_SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
# First names on the list of addresses: nobody takes Ruby for a page.
_PEOPLE = {"ruby", "nan", "roc", "tux", "me", "friend", "ghost", "fleet"}


def mistakable() -> str:
    return _("This name could be mistaken for the company. Please choose another.")


def is_reserved(nickname: str) -> bool:
    """Whether it is, or looks like, a name that software gives to addresses and accounts of its own."""
    return skeleton(nickname) in _addresses()


def speaks_for_us(nickname: str, names: Iterable[str] = (), beside: Iterable[str] = ()) -> bool:
    """Whether somebody could take it for an office or for one of `names` (of a company, a person, a role).

    True for an office or a name alone; for several put together, also with words of `beside`, which alone are free
    (the first name of a colleague is, but not with "support" behind it); and for an office as a part by itself.
    """
    strong = offices() | {word for name in names for word in spellings(name)}
    words = strong | {word for name in beside for word in spellings(name)}
    if any(_is_made_of(reading, strong, words) for reading in readings(nickname)):
        return True
    return any(reading in _offices_alone() for part in _PARTS.split(nickname) for reading in readings(part))


def readings(nickname: str) -> set[str]:
    """The words it may be read as: without its digits; and with digits for letters, but for those at the ends.

    Supp0rt.24 → {supportza, support, suppt}, each as `bare` writes it.
    """
    ends = {nickname, nickname.lstrip(_EDGE), nickname.rstrip(_EDGE), nickname.strip(_EDGE)}
    with_letters = {bare(end.translate(_READ_AS)) for end in ends}
    return {bare(re.sub(r"\d", "", nickname)), *with_letters} - {""}


def spellings(name: str) -> set[str]:
    """A name as `readings` would write it, with ä and with ae; nothing for what is too short to be told from chance."""
    return {word for word in (bare(name), bare(name.translate(_SPELLED_OUT))) if len(word) >= SHORTEST}


def bare(text: str) -> str:
    """Letters only, without accents, each for all that look like it."""
    seen = unicodedata.normalize("NFD", skeleton(text))
    return "".join(char for char in seen if char.isalnum())


def _is_made_of(reading: str, strong: Set[str], words: Set[str]) -> bool:
    """Whether it consists of `words` alone, at least one of them `strong`."""
    # At each place: None when no words lead there, else whether a strong one is among them.
    led: list[bool | None] = [False] + [None] * len(reading)
    for end in range(1, len(reading) + 1):
        for start in range(end):
            word = reading[start:end]
            if led[start] is not None and word in words:
                led[end] = bool(led[end]) or bool(led[start]) or word in strong
    return bool(led[-1])


@cache
def _addresses() -> frozenset[str]:
    names = (_WORDLISTS / "vendor" / "reserved-usernames.txt").read_text(encoding="utf-8").split()
    return frozenset(skeleton(name) for name in names if name not in _PEOPLE)


@cache
def offices() -> frozenset[str]:
    """Words by which one speaks for a company, as `bare` writes them."""
    return frozenset(word for line in _listed("offices.txt") for word in spellings(line))


@cache
def _offices_alone() -> frozenset[str]:
    """Those that are refused as a part by itself: no honest name has them behind a dot."""
    return frozenset(word for line in _listed("offices.txt") if line.startswith("!") for word in spellings(line))


def _listed(file: str) -> list[str]:
    lines = (_WORDLISTS / file).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]
