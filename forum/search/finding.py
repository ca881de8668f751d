"""Candidates, ranked: those with every word, and those with some. One query for both kinds."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, NamedTuple

from django.db.models import F, QuerySet, TextField, Value
from django.utils.translation import get_language

from forum.search.candidates import with_all, with_some
from forum.search.query import Word
from forum.search.ranking import ANOTHER_LANGUAGE, Ranked, Ranking, best_first
from forum.search.within import Within

A_QUESTION = 3  # words
FITS = 450  # points: most of the words in a title that has few others
# Whatever else is true of them: a whole point is more than any title can win.
_SPOKEN = 2_000


class Asked(NamedTuple):
    """Which kinds are looked for."""

    faq: bool = True
    questions: bool = True


EVERYTHING = Asked()


class _Row(NamedTuple):
    is_faq: bool
    key: int
    head: str
    tokens: str
    language: str


# Each with its tokens, which tell what is in it.
Some = list[tuple[Ranked, str]]


def with_every_word(words: list[Word], within: Within, asked: Asked) -> tuple[list[Ranked], list[Ranked]]:
    """FAQ entries and questions that have all words, best first; of entries those in the reader's language.

    Of a longer query also entries that have nearly all of it in their title: who types a whole question in other words
    means the entry that asks it, not one whose long answer has all of them.
    """
    ranking, spoken = Ranking(words), _spoken_language()
    is_question = len(words) >= A_QUESTION
    wanted = partial(with_some, words, ()) if is_question else partial(with_all, words)
    rows = _read(
        _columns(within.entries(wanted), is_faq=True, with_tokens=is_question) if asked.faq else None,
        _columns(within.questions(partial(with_all, words)), is_faq=False) if asked.questions else None,
    )
    entries, questions = [], []
    for row in rows:
        if not row.is_faq:
            questions.append(ranking.of_all(row.key, row.head))
        elif is_question:
            one = _of_some(ranking, row, spoken)
            if one.has_all or one.score >= FITS:
                entries.append(one)
        else:
            one = ranking.of_all(row.key, row.head)
            entries.append(one._replace(score=one.score + _SPOKEN * (row.language == spoken)))
    return best_first(entries), best_first(questions)


def with_some_words(
    words: list[Word], within: Within, asked: Asked = EVERYTHING, others: Sequence[str] = ()
) -> tuple[Some, Some]:
    """FAQ entries and questions with all or some of the words, or any of the `others`, in no order."""
    ranking, spoken = Ranking(words), _spoken_language()
    wanted = partial(with_some, words, others)
    rows = _read(
        _columns(within.entries(wanted), is_faq=True, with_tokens=True) if asked.faq else None,
        _columns(within.questions(wanted), is_faq=False, with_tokens=True) if asked.questions else None,
    )
    entries: Some = []
    questions: Some = []
    for row in rows:
        (entries if row.is_faq else questions).append((_of_some(ranking, row, spoken), row.tokens))
    return entries, questions


def _of_some(ranking: Ranking, row: _Row, spoken: str) -> Ranked:
    is_foreign = row.is_faq and row.language != spoken
    return ranking.of_some(row.key, row.head, row.tokens, ANOTHER_LANGUAGE if is_foreign else 1.0)


def _columns(rows: QuerySet[Any], *, is_faq: bool, with_tokens: bool = False) -> QuerySet[Any, Any]:
    tokens = F("document__tokens") if with_tokens else Value("", output_field=TextField())
    return rows.order_by().values_list(Value(int(is_faq)), "pk", "document__head", tokens, "language")


def _read(entries: QuerySet[Any, Any] | None, questions: QuerySet[Any, Any] | None) -> list[_Row]:
    parts = [part for part in (entries, questions) if part is not None]
    rows = parts[0].union(*parts[1:], all=True) if parts else ()
    return [_Row(bool(kind), *others) for kind, *others in rows]


def _spoken_language() -> str:
    return (get_language() or "")[:2]
