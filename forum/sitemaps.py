"""What search engines may find, with the day it last changed (https://www.sitemaps.org/protocol.html)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple
from xml.sax.saxutils import escape

from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from accounts.models import StaffCard
from forum.models import FaqEntry, LegalPage, Question, Topic
from forum.site import absolute_url

# Questions go into one file by their row number: at most so many each (the protocol allows 50,000), and the
# file of an old question is the same for ever, however many are asked later.
PER_FILE = 10_000

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


class Address(NamedTuple):
    path: str
    changed_at: datetime | None = None


@require_safe
@cache_control(public=True, no_cache=True)
def sitemap(request: HttpRequest) -> HttpResponse:
    """All addresses in one file; on a large site an index of files: `?part=pages`, `?part=0`, `?part=1` …"""
    files = (Question.objects.public().aggregate(last=Max("pk"))["last"] or 0) // PER_FILE + 1
    part = request.GET.get("part")
    if part is None:
        return _index(files) if files > 1 else _file([*pages(), *questions(0)])
    if part == "pages":
        return _file(pages())
    if part.isascii() and part.isdecimal() and len(part) < 6 and int(part) < files:
        return _file(questions(int(part)))
    raise Http404


def pages() -> Iterator[Address]:
    """Everything but questions. Discreet topics are left to those who come to the site itself."""
    for name in ("home", "question_list", "faq_list", "team_list"):
        yield Address(reverse(f"forum:{name}"))
    for topic in Topic.objects.public().filter(discreet=False):
        yield Address(topic.get_absolute_url())
    entries = FaqEntry.objects.public().exclude(topic__discreet=True).select_related("topic")
    for entry in entries.defer("text", "html"):
        yield Address(entry.get_absolute_url(), entry.edited_at or entry.published_at)
    for card in StaffCard.objects.serving():
        yield Address(card.get_absolute_url())
    kinds = LegalPage.objects.values_list("kind").annotate(changed_at=Max("published_at")).order_by("kind")
    yield from (Address(reverse("forum:about", args=[kind]), changed_at) for kind, changed_at in kinds)
    yield Address(reverse("forum:about", args=["service-hours"]))


def questions(file: int) -> Iterator[Address]:
    first = file * PER_FILE
    rows = Question.objects.public().filter(merged_into=None, duplicate_of=None)
    rows = rows.filter(pk__gte=first, pk__lt=first + PER_FILE).order_by("pk")
    for question in rows.only("public_id", "slug", "last_activity_at"):
        yield Address(question.get_absolute_url(), question.last_activity_at)


def _file(addresses: Iterable[Address]) -> HttpResponse:
    return _xml("urlset", (_url(address) for address in addresses))


def _url(address: Address) -> str:
    day = f"<lastmod>{address.changed_at:%Y-%m-%d}</lastmod>" if address.changed_at else ""
    return f"<url><loc>{escape(absolute_url(address.path))}</loc>{day}</url>"


def _index(files: int) -> HttpResponse:
    here = absolute_url(reverse("forum:sitemap"))
    parts = ["pages", *map(str, range(files))]
    return _xml("sitemapindex", (f"<sitemap><loc>{here}?part={part}</loc></sitemap>" for part in parts))


def _xml(root: str, lines: Iterable[str]) -> HttpResponse:
    body = "\n".join(lines)
    xml = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{_NAMESPACE}">\n{body}\n</{root}>\n'
    return HttpResponse(xml, content_type="application/xml; charset=utf-8")
