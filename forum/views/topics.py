"""One topic: in which channel one asks about it, and what was asked and answered before."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from accounts.models import StaffCard
from forum.kept_pages import kept_for_visitors
from forum.middleware import written_language
from forum.models import FaqEntry, Question, Topic
from forum.paging import keyset_page

# Entries on a topic's own page; the FAQ has them all.
SHOWN = 20


@require_safe
@kept_for_visitors
def topic_detail(request: HttpRequest, slug: str) -> HttpResponse:
    topic = get_object_or_404(Topic.objects.visible_to(request.user), slug=slug)
    if topic.discreet:
        # To an address that names nothing; what redirects stands in no history.
        return redirect(topic)
    questions = Question.objects.visible_to(request.user).listed().filter(topic=topic)
    page = keyset_page(questions, order="activity", after=request.GET.get("after", ""))
    entries = _entries(topic, request.LANGUAGE_CODE) if page.is_first else []
    context = {
        "topic": topic,
        "cards": StaffCard.objects.serving().filter(user__served_topics=topic),
        "entries": entries[:SHOWN],
        "more_entries": entries[SHOWN:],
        "page": page,
    }
    return render(request, "forum/topic_detail.html", context)


@require_safe
@cache_control(no_store=True, private=True)
def private_topic(request: HttpRequest, pk: int) -> HttpResponse:
    """A discreet topic: what it is called stands on the page, and nowhere a glance or a history shows it."""
    topic = get_object_or_404(Topic.objects.visible_to(request.user).filter(discreet=True), pk=pk)
    cards = StaffCard.objects.serving().filter(user__served_topics=topic)
    entries = _entries(topic, request.LANGUAGE_CODE)
    context = {"topic": topic, "cards": cards, "entries": entries[:SHOWN], "more_entries": entries[SHOWN:]}
    return render(request, "forum/private_topic.html", context)


def _entries(topic: Topic, language: str) -> list[FaqEntry]:
    """The topic's entries in the reader's language, in the others when there are none: the first, and one more."""
    entries = FaqEntry.objects.public().filter(topic=topic).select_related("topic").with_recheck_mark()
    spoken = entries.filter(language=written_language(language))
    return list(spoken[: SHOWN + 1]) or list(entries[: SHOWN + 1])
