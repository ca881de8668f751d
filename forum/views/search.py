"""Search, and on from there to asking: what was typed goes along."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from forum.models import Topic
from forum.search import SearchPage, similar
from forum.search import search as find
from forum.search.words import cleaned

KINDS = ("faq", "question")


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    q = cleaned(request.GET.get("q", ""))
    ask_url = f"{reverse('forum:question_ask')}?{urlencode({'title': q})}" if q else reverse("forum:question_ask")
    if "ask" in request.GET:
        # The second button of the box on the start page: one form, two doors.
        return redirect(ask_url)
    kind = request.GET.get("kind") if request.GET.get("kind") in KINDS else None
    topic = _topic(request)
    page = find(q, user=request.user, topic=topic, kind=kind, after=request.GET.get("after", ""))
    context = {
        "page": page,
        "kind": kind,
        "topic": topic,
        "ask_url": ask_url,
        "close": _close(page, request),
    }
    return render(request, "forum/search.html", context)


def _topic(request: HttpRequest) -> Topic | None:
    slug = cleaned(request.GET.get("topic", ""))
    return Topic.objects.visible_to(request.user).filter(slug=slug).first() if slug else None


def _close(page: SearchPage, request: HttpRequest) -> list[object]:
    """Nothing has all the words: then what has some of them."""
    return list(similar(page.q, user=request.user)) if page.q and page.is_empty and page.is_first else []
