"""What search engines read beside a page: the words of schema.org in the shapes that Google documents.

https://developers.google.com/search/docs/appearance/structured-data (qapage, faqpage, breadcrumb). Everything comes
from rows that the page has loaded already, and tells what everybody reads: pages of people who are signed in have none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse

from forum.bylines import byline
from forum.markdown import words_of
from forum.models import Answer, Comment, FaqEntry, Post
from forum.site import absolute_url
from forum.threads import Thread

Data = dict[str, Any]

# What a search engine makes of a page it reads in the first answers; the page itself has them all.
MOST_ANSWERS = 20
MOST_COMMENTS = 5  # under a question or an answer
# Characters of all texts of a page. A text is told whole or not at all, as the documentation asks for; the first
# answer, which a result can not be without, always.
ROOM = 30_000


class _Room:
    """What is left of it while a page is told."""

    def __init__(self) -> None:
        self.left = ROOM

    def take(self, html: str, *, always: bool = False) -> str:
        """All the words, or none where they have no room."""
        if len(html) > 8 * self.left and not always:
            return ""
        words = words_of(html, len(html) + 1)
        if len(words) > self.left and not always:
            return ""
        self.left = max(self.left - len(words), 0)
        return words


def question_page(thread: Thread, company: str) -> Data:
    """QAPage. `thread` is that of a visitor. A question without an answer has one too: its count is 0."""
    question, room, told = thread.question, _Room(), 0
    data = _post(question, company) | {
        "@type": "Question",
        "name": question.title,
        "url": absolute_url(question.get_absolute_url()),
        "inLanguage": question.language,
        "answerCount": question.answer_count,
        "upvoteCount": question.metoo_count,
    }
    for name, group in (("acceptedAnswer", thread.accepted), ("suggestedAnswer", thread.others)):
        for answer, comments in group:
            if answer.is_tombstone or told == MOST_ANSWERS:  # type: ignore[attr-defined]
                continue
            if text := room.take(answer.html, always=not told):
                data.setdefault(name, []).append(_answer(answer, text, company) | _comments(comments, room, company))
                told += 1
    if text := room.take(question.html):
        data["text"] = text
    return _page("QAPage", mainEntity=data | _comments(thread.comments, room, company))


def faq_page(entries: Iterable[FaqEntry]) -> Data:
    """FAQPage: questions to which there is one answer, the company's own. Each has a page of its own as well."""
    room = _Room()
    told: list[Data] = []
    for entry in entries:
        if text := room.take(entry.html, always=not told):
            told.append(_entry(entry, text))
    return _page("FAQPage", mainEntity=told)


def breadcrumbs(company: str, steps: Iterable[tuple[str, str]]) -> Data:
    """BreadcrumbList from the start page on; `steps` are paths and names, the last of them the page itself."""
    trail = [(reverse("forum:home"), company), *steps]
    items = [
        {"@type": "ListItem", "position": place, "name": name, "item": absolute_url(path)}
        for place, (path, name) in enumerate(trail, 1)
    ]
    return _page("BreadcrumbList", itemListElement=items)


def _page(kind: str, **content: Any) -> Data:
    return {"@context": "https://schema.org", "@type": kind, **content}


def _answer(answer: Answer, text: str, company: str) -> Data:
    return _post(answer, company) | {
        "@type": "Answer",
        "text": text,
        "url": absolute_url(answer.get_absolute_url()),
        "upvoteCount": answer.helpful_count,
    }


def _comments(comments: Sequence[Comment], room: _Room, company: str) -> Data:
    """How many there are, and the first ones. None of it where there are none."""
    readable = [comment for comment in comments if not comment.is_tombstone]  # type: ignore[attr-defined]
    told = [(comment, room.take(comment.html)) for comment in readable[:MOST_COMMENTS]]
    shown = [_post(comment, company) | {"@type": "Comment", "text": text} for comment, text in told if text]
    data: Data = {"commentCount": len(readable)} if readable else {}
    return data | {"comment": shown} if shown else data


def _post(post: Post, company: str) -> Data:
    data = {"datePublished": post.created_at.isoformat(), "author": _author(post, company)}
    return data | {"dateModified": post.edited_at.isoformat()} if post.edited_at else data


def _author(post: Post, company: str) -> Data:
    """Under the name that everybody reads: who asked as "a customer" is nothing else here either."""
    if post.is_by_staff:
        page = post.staff_card.get_absolute_url() if post.staff_card else ""
        works_for = {"worksFor": {"@type": "Organization", "name": company}}
        return _person(post.posted_as_name, page) | works_for
    known = byline(post, None)
    return _person(known.name, known.page)


def _person(name: str, page: str) -> Data:
    person = {"@type": "Person", "name": name}
    return person | {"url": absolute_url(page)} if page else person


def _entry(entry: FaqEntry, text: str) -> Data:
    return {"@type": "Question", "name": entry.title, "acceptedAnswer": {"@type": "Answer", "text": text}}
