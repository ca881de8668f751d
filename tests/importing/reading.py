"""Reads what an import left behind as a visitor would: every page, and every word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.test import Client

from forum.importing.words import words_of
from forum.models import Question, Topic

ENOUGH = 40  # pages of one import: they are all made of the same templates, and their words are compared in the rows


def broken_pages(client: Client, pages: Iterable[str]) -> list[str]:
    """Those of the pages that do not answer 200; of many a sample from first to last is asked."""
    asked = list(pages)
    return [page for page in asked[:: len(asked) // ENOUGH or 1] if client.get(page).status_code != 200]


def question_pages() -> list[str]:
    """Every question, every topic, and the lists they stand in."""
    topics = [topic.get_absolute_url() for topic in Topic.objects.public()]
    lists = ["/", "/q/", *(f"/q/?topic={topic.slug}" for topic in Topic.objects.public())]
    return [*lists, *topics, *(question.get_absolute_url() for question in Question.objects.public())]


def texts(htmls: Iterable[str]) -> Counter[str]:
    """How often each text occurs, told by its words alone."""
    return Counter(" ".join(words_of(html)) for html in htmls)
