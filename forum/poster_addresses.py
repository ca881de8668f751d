"""Which poster a page has, and where it is."""

from __future__ import annotations

from django.urls import reverse

from forum.models import Company, FaqEntry, Question, Topic
from forum.posters import Poster
from forum.site import absolute_url


def of_company(company: Company) -> Poster:
    return Poster(company.name, company.hue, company.claim or company.name)


def of_row(company: Company, row: Question | FaqEntry | Topic) -> Poster:
    if isinstance(row, Topic):
        return Poster(company.name, company.hue, row.name)
    return Poster(company.name, company.hue, row.title, row.topic.name)


def poster_address(company: Company, row: Question | FaqEntry | Topic | None = None) -> str:
    """With its version: whoever keeps pictures by their address asks anew once the words have changed."""
    if row is None:
        path, poster = reverse("forum:site_poster"), of_company(company)
    else:
        path, poster = reverse("forum:poster", args=_name(row)), of_row(company, row)
    return f"{absolute_url(path)}?v={poster.version}"


def _name(row: Question | FaqEntry | Topic) -> list[str]:
    if isinstance(row, Question):
        return ["question", row.public_id]
    return ["faq" if isinstance(row, FaqEntry) else "topic", row.slug]
