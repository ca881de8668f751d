"""Pictures for where an address is passed on. Only of what everybody may read, and gone at the next request with it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from accounts.limits import within_limit
from forum.middleware import company_of
from forum.models import FaqEntry, Question, Topic
from forum.poster_addresses import of_company, of_row
from forum.posters import Poster, drawn
from forum.views.media import ASK_EACH_TIME


@require_safe
def site_poster(request: HttpRequest) -> HttpResponseBase:
    return _shown(request, of_company(company_of(request)))


@require_safe
def poster(request: HttpRequest, kind: str, key: str) -> HttpResponseBase:
    """Of a `question`, a `faq` entry or a `topic`; of nothing that is discreet."""
    row = _row(kind, key)
    if row is None:
        raise Http404
    return _shown(request, of_row(company_of(request), row))


def _row(kind: str, key: str) -> Any:
    """Everybody's view of it, whoever asks: what is passed on is read by others."""
    if kind == "question":
        questions = Question.objects.public().filter(merged_into=None, topic__discreet=False)
        return questions.select_related("topic").filter(public_id=key).first()
    if kind == "faq":
        entries = FaqEntry.objects.public().filter(topic__discreet=False)
        return entries.select_related("topic").filter(slug=key).first()
    topics = Topic.objects.public().filter(discreet=False)
    return topics.filter(slug=key).first() if kind == "topic" else None


def _shown(request: HttpRequest, poster: Poster) -> HttpResponseBase:
    etag = quote_etag(poster.version)
    response = get_conditional_response(request, etag=etag)
    if response is None:
        if not _may_draw(request):
            return HttpResponse(status=429, headers={"Retry-After": "60"})
        response = HttpResponse(drawn(poster), content_type="image/png")
    response["ETag"], response["Cache-Control"] = etag, ASK_EACH_TIME
    # It is made to be shown elsewhere.
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _may_draw(request: HttpRequest) -> bool:
    try:
        return within_limit(request, "poster", reads=True)
    except Exception:  # each kind of cache has errors of its own
        return True  # without a cache nothing is counted, and pictures go on like pages
