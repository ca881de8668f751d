"""The words of a query: what is worth looking for in what somebody typed."""

from __future__ import annotations

import re
import unicodedata

from forum.search.stop_words import BOTH as STOP_WORDS

MAX_QUERY = 200  # characters; the rest of a longer query is not looked at
MAX_WORDS = 8
SHORTEST = 3  # letters of a word that tells one text from another

_WORD = re.compile(r"\w+")
_ENDINGS = ("ern", "en", "er", "em", "es", "n", "e", "s")


def cleaned(query: str) -> str:
    """One line of at most MAX_QUERY characters, without what no text can contain (half characters, NUL)."""
    shown = "".join(char if char.isprintable() else " " for char in query[: 2 * MAX_QUERY])
    return " ".join(unicodedata.normalize("NFC", shown).split())[:MAX_QUERY].strip()


def query_words(query: str) -> list[str]:
    """The telling words; or the others, when somebody looks for nothing but small ones."""
    return telling_words(query) or _words(query)[:MAX_WORDS]


def telling_words(text: str) -> list[str]:
    """Up to MAX_WORDS different words of at least SHORTEST letters that are no stop words, as stems."""
    words = [word for word in _words(text) if len(word) >= SHORTEST and word not in STOP_WORDS]
    return list(dict.fromkeys(stem(word) for word in words))[:MAX_WORDS]


def stem(word: str) -> str:
    """The word without a common ending, so that one soap finds soaps and "Seifen" find "Seife".

    What is left is looked for inside words: a stem too short finds too much, never too little.
    """
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word.removesuffix(ending)
    return word


def spellings(word: str) -> list[str]:
    """The ways a database must be asked: its LIKE may know upper and lower case for a to z only."""
    return [word] if word.isascii() else [word, word.capitalize(), word.upper()]


def _words(text: str) -> list[str]:
    return list(dict.fromkeys(_WORD.findall(cleaned(text).lower())))
