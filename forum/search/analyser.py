"""From text to the words that are compared: the same on every database, since no database does it.

A word is brought to its stem by the rules of its language (Snowball), so that "Rückgaben", "Rueckgabe" and "Rückgabe"
are one; what is left are small letters a to z and digits, whatever alphabet it was written in.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterable, Iterator, Set
from functools import lru_cache
from typing import Any, NamedTuple

import snowballstemmer

from forum.search.stop_words import ENGLISH, GERMAN

LONGEST = 40  # letters of a word; what follows tells nothing any more
_RULES = {"de": "german", "en": "english"}
_STOP_WORDS = {"de": GERMAN, "en": ENGLISH}
LANGUAGES = tuple(_RULES)

_of_thread = threading.local()

# Where a link leads is no word of the text.
_TARGET = re.compile(r"\]\([^)\s]{0,2000}\)|\bhttps?://\S{1,2000}", re.IGNORECASE)
_SIGNS = ((re.compile(r"(?<!\w)([cg])\+\+"), r"\1plusplus"), (re.compile(r"(?<!\w)([cf])#"), r"\1sharp"))
_WORD = re.compile(r"[^\W_]+(?:[-'’&.][^\W_]+)*")
_JOINT = re.compile(r"[-'’&.]")


class Term(NamedTuple):
    """A word as it stands in a text, small, with its parts where it is made of several ("e-mail-adresse")."""

    whole: str
    parts: tuple[str, ...]

    @property
    def joined(self) -> Iterator[str]:
        """The parts run together, all of them and each two neighbours: "Email Adresse" means the same."""
        if len(self.parts) > 1:
            yield "".join(self.parts)
            yield from (first + second for first, second in zip(self.parts, self.parts[1:], strict=False))


def terms(text: str) -> Iterator[Term]:
    """The words of a text in their order, without the addresses of links."""
    for match in _WORD.finditer(_plain(text)):
        yield Term(match[0], tuple(_JOINT.split(match[0])))


def words_as_shown(text: str) -> set[str]:
    """The words of a text that is shown as it is, for marking some of them."""
    return set(_WORD.findall(text))


def places(text: str, wanted: Set[str]) -> Iterator[tuple[int, int]]:
    """Where those of `words_as_shown` begin and end that are wanted, in their order."""
    if wanted:
        yield from (match.span() for match in _WORD.finditer(text) if match[0] in wanted)


def term_of(word: str) -> Term:
    """A word as it is shown, as the index would read it."""
    small = unicodedata.normalize("NFKC", word).lower()
    return Term(small, tuple(part for part in _JOINT.split(small) if part))


def stems(text: str, language: str) -> dict[str, str]:
    """What a text of this language is found by: each stem once, with the word it first stood as, in its order."""
    found: dict[str, str] = {}
    ignored = _STOP_WORDS.get(language, GERMAN)
    for term in terms(text):
        single = len(term.parts) == 1
        for word in (*term.parts, *term.joined):
            # A letter alone says something where it stands alone: vitamin C, but not the e of e-mail.
            if word not in ignored and (single or len(word) > 1) and (stem := stem_of(word, language)):
                found.setdefault(stem, word)
    return found


def stems_of_query(word: str) -> frozenset[str]:
    """In which forms a word may stand in the index: nobody says in which language they ask."""
    return frozenset(stem for language in LANGUAGES if (stem := stem_of(word, language)))


@lru_cache(maxsize=50_000)
def stem_of(word: str, language: str) -> str:
    """The stem in a to z and digits; nothing when there is no letter and no digit in the word."""
    stem: str = _stemmer(_RULES.get(language, "german")).stemWord(word[:LONGEST])
    # Öl and Öle: Snowball leaves such short words alone.
    if len(stem) == 3 and stem.endswith("e") and not word.isascii():
        stem = stem[:-1]
    return folded(stem)


def _stemmer(rules: str) -> Any:
    """One for each thread: it keeps the word it works on."""
    if not hasattr(_of_thread, rules):
        setattr(_of_thread, rules, snowballstemmer.stemmer(rules))
    return getattr(_of_thread, rules)


def folded(word: str) -> str:
    """In a to z and digits, whatever alphabet it is written in."""
    return "".join(map(_as_ascii, unicodedata.normalize("NFKD", word.replace("ß", "ss"))))


def _as_ascii(sign: str) -> str:
    if sign.isascii():
        return sign if sign.isalnum() else ""
    # Of other alphabets the number of the letter, in a form that no database takes apart.
    return "" if unicodedata.combining(sign) else f"u{ord(sign):x}"


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFKC", _TARGET.sub("] ", text)).lower()
    for sign, word in _SIGNS:
        text = sign.sub(word, text)
    return text


def telling(found: Iterable[Term]) -> list[Term]:
    """Those that are no small words of either language; all of them, when nothing but small ones is there."""
    every = list(found)
    return [term for term in every if term.whole not in GERMAN and term.whole not in ENGLISH] or every
