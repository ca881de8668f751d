"""The FAQ as visitors browse it."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from forum.faq_shelves import shelf_page, shelves
from forum.markdown import excerpt
from forum.middleware import written_language
from forum.models import FaqEntry, FaqSource, Topic
from forum.permissions import can_edit_faq


@require_safe
def faq_list(request: HttpRequest) -> HttpResponse:
    """All topics, or one of them (`?topic=`), in the reader's language or in that of `?language=`."""
    language = request.GET.get("language") or written_language(get_language() or "en")
    if "topic" not in request.GET:
        return render(request, "forum/faq_list.html", {"shelves": shelves(language), "language": language})
    topic = get_object_or_404(Topic.objects.public(), slug=request.GET["topic"])
    if topic.discreet:
        return redirect(topic)
    shelf, page = shelf_page(topic, language, request.GET.get("after", ""))
    context = {"shelves": shelf, "page": page, "topic": topic, "language": language}
    return render(request, "forum/faq_list.html", context)


@require_safe
def faq_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One entry and where it comes from; drafts and retired ones for staff only."""
    entry = get_object_or_404(_entries(request), slug=slug)
    # To an address that names nothing; what redirects stands in no history.
    return redirect(entry) if entry.topic.discreet else _page(request, entry)


@require_safe
@cache_control(no_store=True, private=True)
def private_entry(request: HttpRequest, pk: int) -> HttpResponse:
    """An entry of a discreet topic. It is public like all others; what it is about stands on its page alone."""
    entry = get_object_or_404(_entries(request), pk=pk)
    return _page(request, entry) if entry.topic.discreet else redirect(entry)


def _entries(request: HttpRequest) -> QuerySet[FaqEntry]:
    return FaqEntry.objects.visible_to(request.user).select_related("topic", "author__staff_card")


def _page(request: HttpRequest, entry: FaqEntry) -> HttpResponse:
    sources = FaqSource.objects.public().filter(entry=entry).select_related("question", "consent__user")
    context = {
        "entry": entry,
        "questions": [source.question for source in sources if source.question],
        "consents": [source.consent for source in sources if not source.question],
        "excerpt": excerpt(entry.text, 150),
        "may_edit": can_edit_faq(request.user, entry),
    }
    return render(request, "forum/faq_detail.html", context)
