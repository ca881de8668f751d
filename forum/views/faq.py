"""The FAQ as visitors browse it."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from forum.faq_merged import public_successor
from forum.faq_objections import objection_address
from forum.faq_shelves import shelf_page, shelves
from forum.faq_versions import alternates, missing_language, other_versions
from forum.forms.faq import FeedbackForm
from forum.kept_pages import kept_for_visitors
from forum.markdown import excerpt
from forum.middleware import company_of, written_language
from forum.models import FaqEntry, FaqSource, Topic
from forum.permissions import can_edit_faq
from forum.views.private_room import unnamed_address

# Entries of one topic in one view for paper.
ON_PAPER = 200


@require_safe
@unnamed_address
@kept_for_visitors
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
@kept_for_visitors
def faq_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One entry and where it comes from; drafts and retired ones for staff only. What was merged leads on."""
    entry = _entries(request).filter(slug=slug).first()
    if entry is None or entry.is_merged:
        successor = public_successor(slug)
        if successor:
            return _lead_on(successor)
    if entry is None:
        raise Http404
    # To an address that names nothing; what redirects stands in no history.
    return redirect(entry) if entry.topic.discreet else _page(request, entry)


@require_safe
@cache_control(no_store=True, private=True)
def private_entry(request: HttpRequest, pk: int) -> HttpResponse:
    """An entry of a discreet topic. It is public like all others; what it is about stands on its page alone."""
    entry = get_object_or_404(_entries(request), pk=pk)
    return _page(request, entry) if entry.topic.discreet else redirect(entry)


def _entries(request: HttpRequest) -> Any:
    entries = FaqEntry.objects.visible_to(request.user).select_related("topic", "author__staff_card")
    return entries.with_recheck_mark().annotate(source_count=Count("sources"))


def _page(request: HttpRequest, entry: Any) -> HttpResponse:
    versions = other_versions(entry)
    context = {
        "entry": entry,
        "alone": [entry],
        "excerpt": excerpt(entry.text, 150),
        "may_edit": can_edit_faq(request.user, entry),
        "feedback": FeedbackForm(),
        "versions": versions,
        "alternates": alternates(entry, versions),
        "missing_language": missing_language(entry, versions, company_of(request)),
        **_provenance(request, entry),
    }
    return render(request, "forum/faq_detail.html", context)


def _lead_on(successor: FaqEntry) -> HttpResponse:
    response = HttpResponsePermanentRedirect(successor.get_absolute_url())
    # A merge can be undone: a browser asks each time instead of remembering it for ever.
    response["Cache-Control"] = "no-cache"
    return response


def _provenance(request: HttpRequest, entry: Any) -> dict[str, Any]:
    """From how many questions it was made, and those of them that everybody may see."""
    rows = FaqSource.objects.public().filter(entry=entry).select_related("question__author", "consent__user")
    sources = [source for source in rows if source.question]
    consents = [source.consent for source in rows if not source.question]
    unshown = entry.source_count - len(sources) - len(consents)
    return {"sources": sources, "consents": consents, "unshown": unshown, "objection": _objection(request, entry)}


def _objection(request: HttpRequest, entry: FaqEntry) -> str:
    """For the asker of one of them: where they say whether that may be linked."""
    if not request.user.is_authenticated:
        return ""
    own = FaqSource.objects.own(request.user).filter(entry=entry).first()
    return objection_address(own) if own else ""
