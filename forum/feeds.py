"""Atom feeds (RFC 4287) of what is public."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _

from forum.markdown import excerpt
from forum.markdown.characters import readable
from forum.middleware import company_of, written_language
from forum.models import Company, FaqEntry, Question, Topic

LENGTH = 30
EXCERPT = 500  # characters
# A reader may keep a feed but asks each time: what was removed is gone at the next request.
ASK_EACH_TIME = "public, no-cache"

Item = Question | FaqEntry


class _Atom(Atom1Feed):
    def root_attributes(self) -> dict[str, str]:
        # du is no language of its own.
        return {**super().root_attributes(), "xml:lang": written_language(self.feed["language"])}


@dataclass(frozen=True)
class Subject:
    """What one request asks for. A feed object itself is shared by all of them."""

    company: Company
    title: str
    link: str
    topic: Topic | None = None


class _Feed(Feed):
    feed_type = _Atom

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().__call__(request, *args, **kwargs)
        response["Cache-Control"] = ASK_EACH_TIME
        return response

    def title(self, subject: Subject) -> str:
        return readable(subject.title)

    def link(self, subject: Subject) -> str:
        return subject.link

    def item_title(self, item: Item) -> str:
        return readable(item.title)

    def item_description(self, item: Item) -> str:
        """Atom calls it HTML (RFC 4287, 3.1.1.2), so what somebody wrote about a tag must not become one."""
        return escape(excerpt(item.text, EXCERPT))

    def item_link(self, item: Item) -> str:
        return item.get_absolute_url()

    def item_pubdate(self, item: Item) -> datetime:
        return item.created_at if isinstance(item, Question) else item.published_at or item.created_at

    def item_updateddate(self, item: Item) -> datetime:
        return item.edited_at or self.item_pubdate(item)

    def item_categories(self, item: Item) -> list[str]:
        return [item.topic.name]


class QuestionsFeed(_Feed):
    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Subject:
        company = company_of(request)
        title = _("Questions to %(company)s") % {"company": company.name}
        return Subject(company, title, reverse("forum:question_list"))

    def items(self, subject: Subject) -> list[Question]:
        questions = Question.objects.public().filter(merged_into=None).select_related("topic", "author")
        if subject.topic:
            questions = questions.filter(topic=subject.topic)
        return list(questions.order_by("-created_at", "-public_id")[:LENGTH])

    def item_guid(self, item: Question) -> str:
        return _tag(item.created_at, f"question/{item.public_id}")

    def item_author_name(self, item: Question) -> str:
        return item.shown_name


class TopicFeed(QuestionsFeed):
    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Subject:
        topic = get_object_or_404(Topic.objects.public(), slug=kwargs["slug"])
        if topic.discreet:
            raise Http404
        company = company_of(request)
        return Subject(company, f"{topic.name} · {company.name}", topic.get_absolute_url(), topic)


class FaqFeed(_Feed):
    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Subject:
        company = company_of(request)
        title = _("FAQ of %(company)s") % {"company": company.name}
        return Subject(company, title, reverse("forum:faq_list"))

    def items(self, subject: Subject) -> list[FaqEntry]:
        entries = FaqEntry.objects.public().exclude(topic__discreet=True).select_related("topic")
        return list(entries.order_by("-published_at", "-pk")[:LENGTH])

    def item_guid(self, item: FaqEntry) -> str:
        return _tag(item.created_at, f"faq/{item.pk}")

    def item_author_name(self, item: FaqEntry) -> str:
        return item.author_name


questions_feed, faq_feed, topic_feed = QuestionsFeed(), FaqFeed(), TopicFeed()


def _tag(created_at: datetime, name: str) -> str:
    """A name that stays when the title, and with it the address, changes (RFC 4151)."""
    return f"tag:{urlsplit(settings.BASE_URL).hostname},{created_at:%Y-%m-%d}:{name}"
