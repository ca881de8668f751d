"""Words inside longer ones, and words spelled almost like one that the corpus has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from forum.models import SearchWord
from forum.search.analyser import folded
from forum.search.query import Word
from forum.search.vocabulary import SHORTEST_INSIDE

SHORT = 5  # letters; a shorter word stands in many others by chance: "Oma" in "automatisch"
SHORTEST = 4  # letters of a word that may be misspelled: of shorter ones too many are alike
INSIDE = 40  # words that hold another inside, those of most texts


def expanded(word: Word, vocabulary: Iterable[SearchWord]) -> Word:
    """Also found inside longer words: "Schutz" in "Datenschutz"."""
    longer = [known for known in vocabulary if any(_is_part(stem, known.stem) for stem in word.stems)]
    return word.or_any_of(longer[:INSIDE])


def _is_part(stem: str, longer: str) -> bool:
    """Anywhere in it; a short one at its beginning or end, where it leaves room for another part of a compound."""
    if len(stem) >= SHORT:
        return stem in longer
    has_room = SHORTEST_INSIDE <= len(stem) <= len(longer) - SHORTEST_INSIDE
    return has_room and (longer.startswith(stem) or longer.endswith(stem))


def corrected(word: Word, vocabulary: Iterable[SearchWord]) -> SearchWord | None:
    """The word that was meant: one or two letters from this one, of several the one that stands in most texts.

    Nobody mistakes the first letter, but two may change places: "Hund" means no "rund".
    """
    typed = folded(word.text)
    if len(typed) < SHORTEST:
        return None
    most = 1 if len(typed) < 6 else 2
    best: tuple[int, int, str] | None = None
    meant = None
    for known in vocabulary:
        other = folded(known.word)
        if other[:1] != typed[:1] and other[:2] != typed[1::-1]:
            continue
        distance = _distance(typed, other, most)
        place = (distance, -known.documents, known.stem)
        if 0 < distance <= most and (best is None or place < best):
            best, meant = place, known
    return meant


def suggestion(q: str, meant: Sequence[tuple[Word, SearchWord]], seen: Sequence[str]) -> str:
    """The query with the words that were meant, each of which stands in a document that this reader may see."""
    better = q
    for word, known in meant:
        if any(f" x{known.stem} " in f" {tokens} " for tokens in seen):
            # As it is: in a pattern's replacement a backslash would mean something.
            replacement = known.word.replace("\\", r"\\")
            better = re.sub(re.escape(word.text), replacement, better, flags=re.IGNORECASE)
    return better if better != q else ""


def _distance(one: str, other: str, most: int) -> int:
    """Letters to add, leave out, change or swap with their neighbour (optimal string alignment); most + 1 if more."""
    if abs(len(one) - len(other)) > most or len(set(one) ^ set(other)) > 2 * most:
        return most + 1
    before_last: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        line = [row]
        for column, opposite in enumerate(other, start=1):
            steps = min(last[column] + 1, line[-1] + 1, last[column - 1] + (letter != opposite))
            swapped = row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == opposite
            line.append(min(steps, before_last[column - 2] + 1) if swapped else steps)
        if min(line) > most:
            return most + 1
        before_last, last = last, line
    return last[-1]
