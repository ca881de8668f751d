"""Was this asked before? Shown while somebody writes a title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forum.models import FaqEntry, Question
from forum.search.matching import matching, published_entries, readable_questions
from forum.search.words import telling_words

if TYPE_CHECKING:
    from forum.querysets import Viewer

CANDIDATES = 200  # of each kind, newest first


def similar(title: str, *, user: Viewer, limit: int = 5) -> list[Question | FaqEntry]:
    """What was asked or answered before in these words: most words first, then the FAQ, then the newest."""
    words = telling_words(title)
    if not words:
        return []
    any_word = matching(words, ("title", "text"), every=False)
    entries = published_entries().filter(any_word)
    questions = readable_questions(user).filter(any_word).order_by("-last_activity_at")
    found: list[Question | FaqEntry] = [*entries[:CANDIDATES], *questions[:CANDIDATES]]
    scores = {id(one): _score(one, words) for one in found}
    # Of a long sentence one common word is no likeness.
    enough = 2 if len(words) > 4 else 1
    alike = [one for one in found if scores[id(one)] >= enough]
    # Sorting keeps the order of equals: entries before questions, newest first.
    return sorted(alike, key=lambda one: -scores[id(one)])[:limit]


def _score(one: Question | FaqEntry, words: list[str]) -> int:
    text = f"{one.title} {one.text}".lower()
    return sum(word in text for word in words)
