"""What search engines read beside a page: the words of schema.org in the shapes that Google documents.

https://developers.google.com/search/docs/appearance/structured-data (qapage, faqpage, breadcrumb). Everything comes
from rows that the page has loaded already, and tells what everybody reads: pages of people who are signed in have none.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from forum.bylines import byline
from forum.markdown import words_of
from forum.models import Answer, FaqEntry, Post, Question
from forum.site import absolute_url
from forum.threads import Thread

Data = dict[str, Any]

# What a search engine makes of a page it reads in the first answers; the page itself has them all.
MOST_ANSWERS = 20
# Characters of one text.
LONGEST = 2_000


def question_page(thread: Thread, company: str) -> Data:
    """QAPage. `thread` is that of a visitor. A question without an answer has one too: its count is 0."""
    question, room = thread.question, MOST_ANSWERS
    data = _post(question, company) | {
        "@type": "Question",
        "name": question.title,
        "url": absolute_url(question.get_absolute_url()),
        "inLanguage": question.language,
        "answerCount": question.answer_count,
        "upvoteCount": question.metoo_count,
    }
    for name, group in (("acceptedAnswer", thread.accepted), ("suggestedAnswer", thread.others)):
        readable = [answer for answer, _comments in group if not answer.is_tombstone][:room]  # type: ignore[attr-defined]
        room -= len(readable)
        if readable:
            data[name] = [_answer(answer, company) for answer in readable]
    return _page("QAPage", mainEntity=data)


def faq_page(entries: Iterable[FaqEntry]) -> Data:
    """FAQPage: questions to which there is one answer, the company's own."""
    return _page("FAQPage", mainEntity=[_entry(entry) for entry in entries])


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


def _answer(answer: Answer, company: str) -> Data:
    return _post(answer, company) | {
        "@type": "Answer",
        "url": absolute_url(answer.get_absolute_url()),
        "upvoteCount": answer.helpful_count,
    }


def _post(post: Question | Answer, company: str) -> Data:
    data = {
        "text": words_of(post.html, LONGEST),
        "datePublished": post.created_at.isoformat(),
        "author": _author(post, company),
    }
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


def _entry(entry: FaqEntry) -> Data:
    answer = {"@type": "Answer", "text": words_of(entry.html, LONGEST)}
    return {"@type": "Question", "name": entry.title, "acceptedAnswer": answer}
