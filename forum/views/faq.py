"""The FAQ as visitors browse it."""

from __future__ import annotations

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from forum.faq_shelves import shelf_page, shelves
from forum.markdown import excerpt
from forum.middleware import written_language
from forum.models import FaqEntry, FaqSource, Topic
from forum.permissions import can_edit_faq
from forum.views.private_room import unnamed_address

# Entries of one topic in one view for paper.
ON_PAPER = 200


@require_safe
@unnamed_address
def faq_list(request: HttpRequest) -> HttpResponse:
    """All topics, or one of them (`?topic=`), in the reader's language or in that of `?language=`.

    One of them also for paper (`&print`): open, and nothing around it.
    """
    asked_language = request.GET.get("language", "")
    language = asked_language or written_language(get_language() or "en")
    topic = _chosen_topic(request)
    for_paper = topic is not None and "print" in request.GET
    page = None
    if topic:
        after = request.GET.get("after", "")
        shown, page = shelf_page(topic, language, after, size=ON_PAPER if for_paper else 0)
    else:
        shown = shelves(language)
    context = {
        "shelves": shown,
        # What machines may know of it.
        "entries": [entry for shelf in shown if not shelf.topic.discreet for entry in shelf.entries],
        "page": page,
        "topic": topic,
        "language": language,
        "printed_on": timezone.localdate(),
        "asked_language": asked_language if any(shelf.language == asked_language for shelf in shown) else "",
    }
    response = render(request, "forum/faq_print.html" if for_paper else "forum/faq_list.html", context)
    if topic and topic.discreet:
        response["Cache-Control"] = "private, no-store"
    return response


def _chosen_topic(request: HttpRequest) -> Topic | None:
    """By its name in the address; a discreet one by its number."""
    if "topic" not in request.GET:
        return None
    wish = request.GET["topic"]
    topics = Topic.objects.visible_to(request.user)
    number = wish if wish.isascii() and wish.isdecimal() and len(wish) < 10 else "0"
    found = topics.filter(Q(slug=wish, discreet=False) | Q(pk=number, discreet=True)).order_by("discreet").first()
    if found is None:
        raise Http404
    return found


@require_safe
def faq_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One entry and where it comes from; drafts and retired ones for staff only."""
    entries = FaqEntry.objects.visible_to(request.user).select_related("topic", "author__staff_card")
    entry = get_object_or_404(entries, slug=slug)
    sources = FaqSource.objects.public().filter(entry=entry).select_related("question", "consent__user")
    context = {
        "entry": entry,
        "alone": [entry],
        "questions": [source.question for source in sources if source.question],
        "consents": [source.consent for source in sources if not source.question],
        "excerpt": excerpt(entry.text, 150),
        "may_edit": can_edit_faq(request.user, entry),
    }
    return render(request, "forum/faq_detail.html", context)
