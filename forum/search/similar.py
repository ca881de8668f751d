"""Was this asked before? Shown while somebody writes a title."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.db import DatabaseError

from forum.models import FaqEntry, Question
from forum.search.finding import stems_of, with_some_words
from forum.search.query import Word, weighed, words_of
from forum.search.ranking import Ranked
from forum.search.vocabulary import counted
from forum.search.within import Within

if TYPE_CHECKING:
    from forum.querysets import Viewer


logger = logging.getLogger(__name__)


def similar(title: str, *, user: Viewer, limit: int = 5) -> list[Question | FaqEntry]:
    """What was asked or answered before in these words, best first; of two alike the FAQ, then the newer."""
    words = words_of(title)
    if not words:
        return []
    try:
        return _similar(words, Within(user), limit)
    except DatabaseError:
        # Asking must go on without the search.
        logger.exception("The search has no index. Run manage.py reindex.")
        return []


def _similar(words: list[Word], within: Within, limit: int) -> list[Question | FaqEntry]:
    words = weighed(words, counted(stems_of(words)))
    entries, questions = with_some_words(words, within)
    found = close_ones(words, [one for one, _tokens in entries], [one for one, _tokens in questions], limit)
    return rows_of(found, within)


# A kind and what is known of one of it: True for the FAQ.
Close = tuple[bool, Ranked]


def close_ones(words: list[Word], entries: list[Ranked], questions: list[Ranked], limit: int) -> list[Close]:
    # Of a long sentence one common word is no likeness.
    enough = 2 if len(words) > 4 else 1
    found = [*((True, one) for one in entries), *((False, one) for one in questions)]
    alike = [(is_faq, one) for is_faq, one in found if one.words >= enough]
    return sorted(alike, key=lambda pair: (-pair[1].score, not pair[0], -pair[1].key))[:limit]


def rows_of(found: list[Close], within: Within, *, with_excerpts: bool = False) -> list[Question | FaqEntry]:
    """The rows in this order; `with_excerpts` with the answers of those whose title does not tell why they are here."""
    entries = [one.key for is_faq, one in found if is_faq]
    questions = [one for is_faq, one in found if not is_faq]
    said_of = [one.key for one in questions if with_excerpts and not one.in_title]
    rows = within.rows(entries, [one.key for one in questions], said_of=said_of)
    return [row for is_faq, one in found if (row := rows.get((is_faq, one.key)))]
