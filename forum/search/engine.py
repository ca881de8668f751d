"""A simple engine: every word must stand in the title or text. Alike on both databases, for small sites."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString
from django.utils.translation import get_language

from forum.models import FaqEntry, Question, Topic
from forum.paging import PAGE_SIZE, keyset_page
from forum.search.highlight import excerpt_around, marked
from forum.search.matching import matching, published_entries, readable_questions
from forum.search.words import cleaned, query_words

if TYPE_CHECKING:
    from forum.querysets import Viewer

FAQ_ABOVE = 5  # FAQ entries above the questions
FAQ_ALONE = 50  # when nothing but the FAQ is searched

_IN_TITLE = "t"
_IN_TEXT = "x"


@dataclass(frozen=True)
class Hit:
    """A question or a FAQ entry, its title and an excerpt: escaped, with the words found in <mark>."""

    found: Question | FaqEntry
    title: SafeString
    excerpt: SafeString


@dataclass(frozen=True)
class SearchPage:
    """What was found; `next_cursor` leads on through the questions, `more_faq` says the FAQ holds more."""

    q: str
    faq: list[Hit] = field(default_factory=list)
    questions: list[Hit] = field(default_factory=list)
    more_faq: bool = False
    next_cursor: str = ""
    is_first: bool = True

    @property
    def is_empty(self) -> bool:
        return not self.faq and not self.questions


def search(q: str, *, user: Viewer, topic: Topic | None = None, kind: str | None = None, after: str = "") -> SearchPage:
    """FAQ entries first, then questions: those with all words in the title before the others, newest first.

    `kind` is `faq`, `question` or None for both; `after` is the cursor of the page before. At most MAX_QUERY
    characters of `q` are read. Never raises for what somebody typed.
    """
    words = query_words(q)
    if not words:
        return SearchPage(q=cleaned(q))
    shown = FAQ_ALONE if kind == "faq" else FAQ_ABOVE
    entries = _faq(words, topic) if kind != "question" and not after else []
    questions, cursor = _questions(words, user, topic, after) if kind != "faq" else ([], "")
    return SearchPage(
        q=cleaned(q),
        faq=[_hit(entry, words) for entry in entries[:shown]],
        questions=[_hit(question, words) for question in questions],
        more_faq=len(entries) > shown,
        next_cursor=cursor,
        is_first=not after,
    )


def _faq(words: list[str], topic: Topic | None) -> list[FaqEntry]:
    """One more than can be shown if there are more; the reader's language first, then hits in the title."""
    entries = published_entries().filter(matching(words, ("title", "text")))
    if topic:
        entries = entries.filter(topic=topic)
    language = (get_language() or "")[:2]
    return sorted(
        entries[: FAQ_ALONE + 1],
        key=lambda entry: (entry.language != language, not _in_title(entry, words)),
    )


def _questions(words: list[str], user: Viewer, topic: Topic | None, after: str) -> tuple[list[Question], str]:
    """A page of questions and the cursor of the next one: two lists, one after the other.

    The first holds those with all words in the title, the second the others. A cursor begins with its list.
    """
    questions = readable_questions(user)
    if topic:
        questions = questions.filter(topic=topic)
    in_title = matching(words, ("title",))
    others = questions.filter(matching(words, ("title", "text"))).exclude(in_title)
    part, _, token = after.partition(".")
    rows: list[Question] = []
    if part != _IN_TEXT:
        page = keyset_page(questions.filter(in_title), order="activity", after=token)
        if page.next_cursor:
            return page.rows, f"{_IN_TITLE}.{page.next_cursor}"
        rows, token = page.rows, ""
    if len(rows) == PAGE_SIZE:
        return rows, f"{_IN_TEXT}." if others.exists() else ""
    page = keyset_page(others, order="activity", after=token, size=PAGE_SIZE - len(rows))
    return [*rows, *page.rows], f"{_IN_TEXT}.{page.next_cursor}" if page.next_cursor else ""


def _in_title(one: Question | FaqEntry, words: list[str]) -> bool:
    title = one.title.lower()
    return all(word in title for word in words)


def _hit(one: Question | FaqEntry, words: list[str]) -> Hit:
    return Hit(found=one, title=marked(one.title, words), excerpt=excerpt_around(one.text, words))
