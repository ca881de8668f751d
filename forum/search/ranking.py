"""How well a document fits, in one way on every database: whole numbers, ties parted by the newer key."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from forum.search.expression import matcher
from forum.search.query import Word

# A word in the title counts whole, in a title of many words less; one that only the text has counts for a quarter.
_LENGTH, _TEXT = 0.07, 0.25
ANOTHER_LANGUAGE = 0.6


class Ranked(NamedTuple):
    score: int
    key: int
    # How many of the words it has, and whether that is all.
    words: int
    has_all: bool
    in_title: bool  # that is where one of the words stands


class Ranking:
    def __init__(self, words: list[Word]) -> None:
        self._in_title = [(matcher(word.in_title), word.weight) for word in words]
        self._in_text = [(matcher(word.in_text), word.weight) for word in words]
        self._total = sum(word.weight for word in words) or 1.0

    def of_all(self, key: int, head: str, factor: float = 1.0) -> Ranked:
        """For a document that has every word: only the title tells them apart."""
        return self._ranked(key, head, len(self._in_title), self._total, factor)

    def of_some(self, key: int, head: str, tokens: str, factor: float = 1.0) -> Ranked:
        text = f" {tokens} "
        weights = [weight for is_there, weight in self._in_text if is_there(text)]
        return self._ranked(key, head, len(weights), sum(weights), factor)

    def _ranked(self, key: int, head: str, words: int, in_text: float, factor: float) -> Ranked:
        title = f" {head} "
        in_title = sum([weight for is_there, weight in self._in_title if is_there(title)])
        length = title.count(" ") - 1
        score = round(1_000 * factor * (in_title / (1 + _LENGTH * length) + _TEXT * in_text) / self._total)
        return Ranked(score, key, words, words == len(self._in_title), in_title > 0)


def best_first(found: Iterable[Ranked]) -> list[Ranked]:
    return sorted(found, reverse=True)  # score and key stand first


def cursor_of(one: Ranked) -> str:
    return f"{one.score}.{one.key}"


def after(ranked: list[Ranked], cursor: str) -> list[Ranked]:
    """What follows the cursor; all of it where that can not be read."""
    score, _, key = cursor.partition(".")
    if not (_is_number(score) and _is_number(key)):
        return ranked
    place = (-int(score), -int(key))
    return [one for one in ranked if (-one.score, -one.key) > place]


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 19
