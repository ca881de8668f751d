"""Search: FAQ entries first, then questions; where nothing has every word, what comes close, and other spellings."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from django.db import DatabaseError
from django.utils.safestring import SafeString

from forum.models import FaqEntry, Question, Topic
from forum.paging import keyset_page
from forum.search.answers import said_in
from forum.search.finding import A_QUESTION, Asked, Choice, NotBuilt, stems_of, with_every_word, with_some_words
from forum.search.highlight import MARK, Highlighter
from forum.search.query import Word, words_of
from forum.search.ranking import Ranked, after, best_first, cursor_of
from forum.search.similar import close_ones, rows_of
from forum.search.spelling import corrected, expanded, suggestion
from forum.search.vocabulary import inside_and_alike
from forum.search.wanted import MOST
from forum.search.within import Within
from forum.search.words import cleaned

if TYPE_CHECKING:
    from forum.querysets import Viewer

logger = logging.getLogger(__name__)

FAQ_ABOVE = 5  # FAQ entries above the questions
# On a page, each with an excerpt: who does not find it among ten searches with other words rather than read on.
SHOWN = 10
CLOSE = 10  # when nothing has every word
KINDS = ("faq", "question")


class Hit(NamedTuple):
    """A question or a FAQ entry, its title and an excerpt: escaped, with the words found in <mark>."""

    found: Question | FaqEntry
    title: SafeString
    excerpt: SafeString


@dataclass(frozen=True)
class SearchPage:
    """What was found; `next_cursor` leads on, `more_faq` says that the FAQ holds more.

    `is_cut` says of the last page that older ones have the words as well.
    `close` has some of the words, where nothing has all; `suggestion` is the query in words that are there.
    `is_plain` says that there is no index to search: then the questions are simply the newest.
    `topics` are those by which it may be narrowed, in their order; empty where they did not come along.
    """

    q: str
    faq: list[Hit] = field(default_factory=list)
    questions: list[Hit] = field(default_factory=list)
    close: list[Hit] = field(default_factory=list)
    suggestion: str = ""
    more_faq: bool = False
    next_cursor: str = ""
    is_first: bool = True
    is_cut: bool = False
    is_plain: bool = False
    topics: list[Choice] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not self.faq and not self.questions


def search(
    q: str,
    *,
    user: Viewer,
    topic: Topic | None = None,
    kind: str | None = None,
    state: str = "",
    language: str = "",
    after: str = "",
) -> SearchPage:
    """What has every word: those with the words in a short title first, then the newest.

    `kind` is `faq`, `question` or None for both; `state` one of within.STATES, which only questions have; `after` is
    the cursor of the page before. At most words.MAX_QUERY characters of `q` are read. Never raises for what somebody
    typed, nor for want of an index.
    """
    line = cleaned(q)
    within = Within(user, topic, language, state)
    words = words_of(line)
    if not words:
        return SearchPage(q=line)
    try:
        return _Search(line, words, within, kind, after).page()
    except NotBuilt:
        pass  # somebody knows: it is being made
    except DatabaseError:
        logger.exception("The search has no index. Run manage.py reindex.")
    return _plain(line, within, after)


def _plain(q: str, within: Within, after: str) -> SearchPage:
    rows = keyset_page(within.readable_questions().select_related("topic"), order="activity", after=after, size=SHOWN)
    hits = [_hit(row, Highlighter(set())) for row in rows.rows]
    return SearchPage(q=q, questions=hits, next_cursor=rows.next_cursor, is_first=rows.is_first, is_plain=True)


@dataclass
class _Search:
    q: str
    words: list[Word]
    within: Within
    kind: str | None
    after: str
    topics: list[Choice] = field(default_factory=list)

    def page(self) -> SearchPage:
        self.words, entries, questions, self.topics = with_every_word(self.words, self.within, self._asked)
        if questions or any(one.has_all for one in entries):
            return self._shown(entries, questions)
        return self._nearest()

    @property
    def _asked(self) -> Asked:
        # Whoever asks for a state asks for questions; the pages that follow are of one kind.
        faq = not self.within.state and (self.kind == "faq" or not (self.kind or self.after))
        return Asked(faq, questions=self.kind != "faq")

    def _nearest(self) -> SearchPage:
        """Inside longer words; where that is nothing either, other spellings, and what has some of the words.

        A whole question in words that are all there is not looked for inside longer ones: some of it will do.
        """
        unknown = [word for word in self.words if not word.is_known]
        is_clear = len(self.words) >= A_QUESTION and not unknown
        vocabulary = [] if is_clear else inside_and_alike(self.words, unknown)
        meant = [(word, better) for word in unknown if (better := corrected(word, vocabulary))]
        before, self.words = self.words, [expanded(word, vocabulary) for word in self.words]
        others = [better.stem for _word, better in meant]
        entries, questions = with_some_words(
            self.words, self.within, self._asked, others, none_has_all=self.words == before
        )
        whole = [best_first(one for one, _tokens in some if one.has_all) for some in (entries, questions)]
        if any(whole):
            return self._shown(*whole)
        if self.after:
            return SearchPage(q=self.q, is_first=False, topics=self.topics)
        seen = [tokens for _one, tokens in (*entries, *questions)]
        close = close_ones(self.words, [one for one, _ in entries], [one for one, _ in questions], CLOSE)
        return SearchPage(
            q=self.q,
            close=self._hits(rows_of(close, self.within, with_excerpts=True)),
            suggestion=suggestion(self.q, meant, seen),
            topics=self.topics,
        )

    def _shown(self, entries: list[Ranked], questions: list[Ranked]) -> SearchPage:
        """Pages of questions with the best of the FAQ above the first; of the FAQ, where that alone is searched."""
        is_faq = self.kind == "faq"
        above, paged = ([], entries) if is_faq else (entries[:FAQ_ABOVE], questions)
        following = after(paged, self.after)
        page = following[:SHOWN]
        shown = [(True, one) for one in above] + [(is_faq, one) for one in page]
        hits = self._hits(rows_of(shown, self.within, with_excerpts=True))
        return SearchPage(
            q=self.q,
            faq=[hit for hit in hits if isinstance(hit.found, FaqEntry)],
            questions=[hit for hit in hits if isinstance(hit.found, Question)],
            more_faq=len(entries) > FAQ_ABOVE and not is_faq,
            next_cursor=cursor_of(page[-1]) if len(following) > SHOWN else "",
            is_first=not self.after,
            is_cut=len(following) <= SHOWN and len(paged) >= MOST,
            topics=self.topics,
        )

    def _hits(self, rows: list[Question | FaqEntry]) -> list[Hit]:
        highlighter = Highlighter(stems_of(self.words))
        return [_hit(row, highlighter) for row in rows]


def _hit(row: Question | FaqEntry, highlighter: Highlighter) -> Hit:
    """Where neither title nor text tells why this was found, the excerpt is of the answer that does."""
    title = highlighter.marked(row.title)
    return Hit(row, title, highlighter.excerpt(row.html, () if MARK in title else said_in(row)))
