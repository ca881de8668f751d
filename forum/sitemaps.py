"""What search engines may find, with the day it last changed (https://www.sitemaps.org/protocol.html)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from django.db.models import DateTimeField, F, Max, OuterRef, QuerySet, Subquery, Value
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from accounts.models import StaffCard
from forum.faq_querysets import FaqEntryQuerySet
from forum.models import FaqEntry, LegalPage, Question, Topic
from forum.querysets import QuestionQuerySet
from forum.site import absolute_url

# Questions go into one file by their row number: at most so many each (the protocol allows 50,000), and the
# file of an old question is the same for ever, however many are asked later.
PER_FILE = 10_000
# Of so many questions that moved last it is known in which file they are.
LAST_MOVED = 2_000

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
    entries, topics = list(_entries().defer("text", "html")), _topics()
    asked, written = _latest(*(topic.moved for topic in topics)), _latest(*map(_changed, entries))
    yield Address(reverse("forum:home"), _latest(asked, written))
    yield Address(reverse("forum:question_list"), asked)
    yield Address(reverse("forum:faq_list"), written)
    yield Address(reverse("forum:team_list"))
    of_topic = {entry.topic_id: _changed(entry) for entry in sorted(entries, key=_changed)}
    for topic in topics:
        yield Address(topic.get_absolute_url(), _latest(topic.moved, of_topic.get(topic.pk)))
    for entry in entries:
        yield Address(entry.get_absolute_url(), _changed(entry))
    yield from (Address(reverse(page, args=[name]), changed_at) for page, name, changed_at in _named())
    yield Address(reverse("forum:about", args=["service-hours"]))


def _topics() -> list[Any]:
    """With `moved`, when something happened in it last."""
    newest = _questions().filter(topic=OuterRef("pk")).order_by("-last_activity_at", "-public_id")
    moved = Subquery(newest.values("last_activity_at")[:1])
    return list(Topic.objects.public().filter(discreet=False).annotate(moved=moved))


def _named() -> QuerySet[Any, tuple[str, str, datetime | None]]:
    """The team and the legal pages: by which URL name, under which word, and when it changed."""
    never, columns = Value(None, output_field=DateTimeField()), ("page", "word", "changed_at")
    serving: QuerySet[Any] = StaffCard.objects.serving().order_by()
    cards: QuerySet[Any, Any] = serving.values(page=Value("forum:team_detail"), word=F("slug"), changed_at=never)
    kinds: QuerySet[Any, Any] = LegalPage.objects.order_by().values(page=Value("forum:about"), word=F("kind"))
    kinds = kinds.annotate(changed_at=Max("published_at"))
    return cards.values_list(*columns).union(kinds.values_list(*columns), all=True).order_by("-page", "word")


def questions(file: int) -> Iterator[Address]:
    first = file * PER_FILE
    rows = _questions().filter(pk__gte=first, pk__lt=first + PER_FILE).order_by("pk")
    for question in rows.only("public_id", "slug", "last_activity_at"):
        yield Address(question.get_absolute_url(), question.last_activity_at)


def _questions() -> QuestionQuerySet[Question]:
    """Those with a page of their own to find. A topic may have become discreet after it was asked in."""
    return Question.objects.public().filter(merged_into=None, duplicate_of=None, topic__discreet=False)


def _entries() -> FaqEntryQuerySet[FaqEntry]:
    return FaqEntry.objects.public().filter(topic__discreet=False).select_related("topic")


def _changed(entry: FaqEntry) -> datetime:
    return max(filter(None, (entry.edited_at, entry.published_at)), default=entry.created_at)


def _latest(*instants: datetime | None) -> datetime | None:
    return max((instant for instant in instants if instant), default=None)


def _last_activity(rows: QuestionQuerySet[Question]) -> datetime | None:
    ordered = rows.order_by("-last_activity_at", "-public_id")
    return ordered.values_list("last_activity_at", flat=True).first()


def _last_changes() -> dict[str, datetime | None]:
    """When the files changed last. Not of those in which nothing moved for long: that would mean to read all questions.

    The protocol lets a file go without.
    """
    written = _entries().aggregate(edited=Max("edited_at"), published=Max("published_at"))
    changes: dict[str, datetime | None] = {"pages": _latest(_last_activity(_questions()), *written.values())}
    moved = _questions().order_by("-last_activity_at", "-public_id").values_list("pk", "last_activity_at")
    for pk, changed_at in moved[:LAST_MOVED]:
        changes.setdefault(str(pk // PER_FILE), changed_at)
    return changes


def _file(addresses: Iterable[Address]) -> HttpResponse:
    return _xml("urlset", (_url(address) for address in addresses))


def _url(address: Address) -> str:
    return f"<url><loc>{escape(absolute_url(address.path))}</loc>{_day(address.changed_at)}</url>"


def _day(changed_at: datetime | None) -> str:
    return f"<lastmod>{changed_at:%Y-%m-%d}</lastmod>" if changed_at else ""


def _index(files: int) -> HttpResponse:
    here = absolute_url(reverse("forum:sitemap"))
    changes = _last_changes()
    parts = {part: _day(changes.get(part)) for part in ["pages", *map(str, range(files))]}
    return _xml(
        "sitemapindex", (f"<sitemap><loc>{here}?part={part}</loc>{day}</sitemap>" for part, day in parts.items())
    )


def _xml(root: str, lines: Iterable[str]) -> HttpResponse:
    body = "\n".join(lines)
    xml = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{_NAMESPACE}">\n{body}\n</{root}>\n'
    return HttpResponse(xml, content_type="application/xml; charset=utf-8")
