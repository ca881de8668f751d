"""Search, and on from there to asking: what was typed goes along."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from forum.middleware import company_of
from forum.models import Topic
from forum.search import SearchPage
from forum.search import search as find
from forum.search.analyser import LANGUAGES
from forum.search.engine import KINDS
from forum.search.misses import note_miss
from forum.search.prepared import read
from forum.search.within import STATES
from forum.search.words import cleaned

if TYPE_CHECKING:
    from forum.querysets import Viewer

STATE_NAMES = {"": _("Any state"), "open": _("Not answered yet"), "answered": _("Answered"), "accepted": _("Accepted")}
LANGUAGE_NAMES = {"": _("Any language"), "de": "Deutsch", "en": "English"}


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    q = cleaned(request.GET.get("q", ""))
    ask_url = f"{reverse('forum:question_ask')}?{urlencode({'title': q})}" if q else reverse("forum:question_ask")
    if "ask" in request.GET:
        # The second button of the box on the start page: one form, two doors.
        return redirect(ask_url)
    wish = request.GET.get("topic")
    chosen: dict[str, Any] = {
        "topic": Topic.objects.visible_to(request.user).filter(slug=wish).first() if wish else None,
        "kind": _one_of(KINDS, request.GET.get("kind")) or None,
        "state": _one_of(STATES, request.GET.get("state")),
        "language": _one_of(LANGUAGES, request.GET.get("language")),
    }
    page = find(q, user=request.user, after=request.GET.get("after", ""), **chosen)
    if _is_miss(page) and not any(chosen.values()):
        note_miss(q, language=get_language() or "", company=company_of(request))
    is_narrowed = any(chosen[name] for name in ("topic", "state", "language"))
    context = {
        **chosen,
        "page": page,
        "topics": page.topics or partial(_topics, request.user),  # asked where a filter is shown
        "states": STATE_NAMES,
        "languages": LANGUAGE_NAMES if len(company_of(request).language_codes) > 1 else {},
        "is_narrowed": is_narrowed,
        # Of nothing no part can be chosen; of what is narrowed already, all.
        "can_narrow": bool(q) and (is_narrowed or not page.is_empty),
        "ask_url": ask_url,
    }
    return render(request, "forum/search.html", context)


def _topics(user: Viewer) -> list[tuple[str, str]]:
    """Those that the reader may choose from: the word in an address, and the name."""

    def rows(_nothing: Sequence[Any]) -> QuerySet[Any, Any]:
        return Topic.objects.visible_to(user).values_list("slug", "name")

    return [(slug, name) for slug, name in read(rows, (), shape="topics", viewer=user)]


def _one_of(names: tuple[str, ...], name: str | None) -> str:
    return name if name in names else ""


def _is_miss(page: SearchPage) -> bool:
    """Nothing at all: what comes close may well be what was meant."""
    return bool(page.q and page.is_first and page.is_empty and not page.close and not page.is_plain)
