"""Candidates, ranked: those with every word, and those with some."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from django.utils.translation import get_language

from forum.search.candidates import with_all, with_some
from forum.search.query import Word
from forum.search.ranking import ANOTHER_LANGUAGE, Ranked, Ranking, best_first
from forum.search.within import Within

A_QUESTION = 3  # words
FITS = 450  # points: most of the words in a title that has few others


def entries_with_all(words: list[Word], within: Within) -> list[Ranked]:
    """FAQ entries that have every word; those in the reader's language come first."""
    ranking, spoken = Ranking(words), spoken_language()
    rows = within.entries(partial(with_all, words)).values_list("pk", "document__head", "language")
    # Whatever else is true of them: a whole point is more than any title can win.
    return best_first(
        ranking.of_all(pk, head)._replace(score=ranking.of_all(pk, head).score + 2_000 * (language == spoken))
        for pk, head, language in rows
    )


def entries_that_fit(words: list[Word], within: Within) -> list[Ranked]:
    """Those with every word; of a longer query also those that have nearly all of it in their title, best first.

    Who types a whole question in other words means the entry that asks it, not one whose long answer has all of them.
    """
    if len(words) < A_QUESTION:
        return entries_with_all(words, within)
    some = [one for one, _tokens in entries_with_some(words, within)]
    return best_first(one for one in some if one.has_all or one.score >= FITS)


def questions_with_all(words: list[Word], within: Within) -> list[Ranked]:
    ranking = Ranking(words)
    rows = within.questions(partial(with_all, words)).values_list("pk", "document__head")
    return best_first(ranking.of_all(pk, head) for pk, head in rows)


def entries_with_some(words: list[Word], within: Within, others: Sequence[str] = ()) -> list[tuple[Ranked, str]]:
    """Those with all or some of the words, or any of the `others`; each with its tokens, which tell what is in it."""
    ranking, spoken = Ranking(words), spoken_language()
    wanted = partial(with_some, words, others)
    rows = within.entries(wanted).values_list("pk", "document__head", "document__tokens", "language")
    return [
        (ranking.of_some(pk, head, tokens, 1.0 if language == spoken else ANOTHER_LANGUAGE), tokens)
        for pk, head, tokens, language in rows
    ]


def questions_with_some(words: list[Word], within: Within, others: Sequence[str] = ()) -> list[tuple[Ranked, str]]:
    ranking = Ranking(words)
    wanted = partial(with_some, words, others)
    rows = within.questions(wanted).values_list("pk", "document__head", "document__tokens")
    return [(ranking.of_some(pk, head, tokens), tokens) for pk, head, tokens in rows]


def spoken_language() -> str:
    return (get_language() or "")[:2]
