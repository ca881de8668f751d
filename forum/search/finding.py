"""Candidates, ranked: those with every word, and those with some. One query for both kinds."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from django.db.models import F, QuerySet, TextField, Value, Window
from django.db.models.functions import RowNumber
from django.utils.translation import get_language

from forum.models import SearchWord, Topic
from forum.search.candidates import with_all, with_some
from forum.search.prepared import read
from forum.search.query import Word, weighed
from forum.search.ranking import ANOTHER_LANGUAGE, Ranked, Ranking, best_first
from forum.search.vocabulary import counted, is_built
from forum.search.wanted import Wanted
from forum.search.within import Within

if TYPE_CHECKING:
    from forum.querysets import Viewer

A_QUESTION = 3  # words
FITS = 450  # points: most of the words in a title that has few others
_NOTHING = Value("", output_field=TextField())
# Whatever else is true of them: a whole point is more than any title can win.
_SPOKEN = 2_000


# A topic in which somebody may search: its word in an address, and its name.
Choice = tuple[str, str]


class Asked(NamedTuple):
    """Which kinds are looked for."""

    faq: bool = True
    questions: bool = True


EVERYTHING = Asked()


class Found(NamedTuple):
    """Best first; `words` with what is known of them, `topics` where they came along."""

    words: list[Word]
    entries: list[Ranked]
    questions: list[Ranked]
    topics: list[Choice]


class NotBuilt(Exception):
    """What was written before there was an index waits for its documents."""


class _Row(NamedTuple):
    kind: int
    key: int
    head: str
    tokens: str
    language: str


_QUESTION, _ENTRY, _COUNT, _TOPIC = range(4)
# Each with its tokens, which tell what is in it.
Some = list[tuple[Ranked, str]]


def with_every_word(words: list[Word], within: Within, asked: Asked) -> Found:
    """FAQ entries and questions that have all words, best first; of entries those in the reader's language.

    Of a longer query also entries that have nearly all of it in their title: who types a whole question in other words
    means the entry that asks it, not one whose long answer has all of them. Raises NotBuilt.
    """
    return _of_question(words, within, asked) if len(words) >= A_QUESTION else _of_few(words, within, asked)


def _of_few(words: list[Word], within: Within, asked: Asked) -> Found:
    wanted = partial(with_all, words)
    rows = _read(
        within,
        within.wanted_entries(wanted) if asked.faq else None,
        within.wanted_questions(wanted) if asked.questions else None,
        counted=sorted(stems_of(words)),
        with_topics=True,
    )
    words = _weighed(words, {row.head: row.key for row in rows if row.kind == _COUNT})
    ranking, spoken = Ranking(words), _spoken_language()
    entries, questions = [], []
    for row in rows:
        if row.kind == _ENTRY:
            one = ranking.of_all(row.key, row.head)
            entries.append(one._replace(score=one.score + _SPOKEN * (row.language == spoken)))
        elif row.kind == _QUESTION:
            questions.append(ranking.of_all(row.key, row.head))
    return Found(words, best_first(entries), best_first(questions), _choices(rows))


def _of_question(words: list[Word], within: Within, asked: Asked) -> Found:
    """How rare a word is decides which entries are looked at: it is asked for before."""
    words = _weighed(words, counted(stems_of(words)))
    if not all(word.is_known for word in words):
        return Found(words, [], [], [])
    rows = _read(
        within,
        within.wanted_entries(partial(with_some, words, ())) if asked.faq else None,
        within.wanted_questions(partial(with_all, words)) if asked.questions else None,
        with_tokens=(True, False),
        with_topics=True,
    )
    ranking, spoken = Ranking(words), _spoken_language()
    entries = [_of_some(ranking, row, spoken) for row in rows if row.kind == _ENTRY]
    questions = [ranking.of_all(row.key, row.head) for row in rows if row.kind == _QUESTION]
    fitting = best_first(one for one in entries if one.has_all or one.score >= FITS)
    return Found(words, fitting, best_first(questions), _choices(rows))


def stems_of(words: list[Word]) -> set[str]:
    return {stem for word in words for stem in word.stems}


def _weighed(words: list[Word], counts: dict[str, int]) -> list[Word]:
    if not is_built(counts):
        raise NotBuilt
    return weighed(words, counts)


def with_some_words(
    words: list[Word],
    within: Within,
    asked: Asked = EVERYTHING,
    others: Sequence[str] = (),
    *,
    none_has_all: bool = False,
) -> tuple[Some, Some]:
    """FAQ entries and questions with all or some of the words, or any of the `others`, in no order."""
    ranking, spoken = Ranking(words), _spoken_language()
    wanted = partial(with_some, words, others, none_has_all=none_has_all)
    rows = _read(
        within,
        within.wanted_entries(wanted) if asked.faq else None,
        within.wanted_questions(wanted) if asked.questions else None,
        with_tokens=(True, True),
    )
    entries: Some = []
    questions: Some = []
    for row in rows:
        (entries if row.kind == _ENTRY else questions).append((_of_some(ranking, row, spoken), row.tokens))
    return entries, questions


def _of_some(ranking: Ranking, row: _Row, spoken: str) -> Ranked:
    is_foreign = row.kind == _ENTRY and row.language != spoken
    return ranking.of_some(row.key, row.head, row.tokens, ANOTHER_LANGUAGE if is_foreign else 1.0)


def _read(
    within: Within,
    entries: list[Wanted] | None,
    questions: list[Wanted] | None,
    *,
    with_tokens: tuple[bool, bool] = (False, False),
    counted: Sequence[str] = (),
    with_topics: bool = False,
) -> list[_Row]:
    """With the tokens of entries, of questions, or without.

    What else a page wants comes along, since to ask once more takes longer than the answer: how many documents have the
    stems to be counted, each a row with the stem as its head and the number as its key; and the topics, see _topics.
    """
    first = [value for one in entries or () for value in one.parameters]
    others = [value for one in questions or () for value in one.parameters]
    to_questions = len(first) + len(others)

    def rows(values: Sequence[Any]) -> QuerySet[Any, Any]:
        parts = []
        if entries:
            found = within.entries(entries, values[: len(first)])
            parts.append(_columns(found, _ENTRY, with_tokens=with_tokens[0]))
        if questions:
            asked = within.questions(questions, values[len(first) : to_questions])
            parts.append(_columns(asked, _QUESTION, with_tokens=with_tokens[1]))
        if counted:
            parts.append(_counts(values[to_questions:]))
        if with_topics:
            parts.append(_topics(within.user))
        return parts[0].union(*parts[1:], all=True)

    if not entries and not questions:
        return []
    shape = ("candidates", _shape(entries), _shape(questions), with_tokens, with_topics)
    return [_Row(*row) for row in read(rows, [*first, *others, *counted], shape=shape, viewer=within.user)]


def _shape(wanted: list[Wanted] | None) -> tuple[tuple[bool, bool], ...]:
    return tuple((one.is_rare, one.is_part) for one in wanted or ())


def _columns(rows: QuerySet[Any], kind: int, *, with_tokens: bool) -> QuerySet[Any, Any]:
    tokens = F("document__tokens") if with_tokens else _NOTHING
    return rows.order_by().values_list(Value(kind), "pk", "document__head", tokens, "language")


def _counts(stems: Sequence[str]) -> QuerySet[Any, Any]:
    words = SearchWord.objects.filter(stem__in=[SearchWord.ALL, *stems])
    return words.order_by().values_list(Value(_COUNT), "documents", "stem", _NOTHING, _NOTHING)


def _topics(user: Viewer) -> QuerySet[Any, Any]:
    """Those that this person may see: the address as head, the name as tokens, the place in their order as key."""
    place = Window(RowNumber(), order_by=cast("list[str]", Topic._meta.ordering))
    return Topic.objects.visible_to(user).order_by().values_list(Value(_TOPIC), place, "slug", "name", _NOTHING)


def _choices(rows: list[_Row]) -> list[Choice]:
    return [(row.head, row.tokens) for row in sorted(row for row in rows if row.kind == _TOPIC)]


def _spoken_language() -> str:
    return (get_language() or "")[:2]
