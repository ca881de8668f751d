"""The stylesheet, and for staff the page that shows every component in every state."""

from __future__ import annotations

from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from forum.models import Company
from forum.permissions import is_staff
from forum.styleguide import samples
from forum.stylesheet import colour_tokens
from forum.stylesheet import stylesheet as assembled

FOR_EVER = "public, max-age=31536000, immutable"
THEMES = ("light", "dark")


@require_safe
def stylesheet(request: HttpRequest) -> HttpResponse:
    sheet = assembled(_hue())
    gzipped = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(sheet.gzipped if gzipped else sheet.css, content_type="text/css; charset=utf-8")
    if gzipped:
        response["Content-Encoding"] = "gzip"
    # An address without the right version is asked again, so that a new hue shows at once.
    response["Cache-Control"] = FOR_EVER if request.GET.get("v") == sheet.version else "no-cache"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _hue() -> int:
    """The company's; while the database is away, the page that says so still has its clothes on."""
    try:
        return Company.load().hue
    except DatabaseError:
        return Company().hue


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """For staff; nobody else needs to know that it exists."""
    if not is_staff(request.user):
        raise Http404
    theme = request.GET.get("theme", "")
    context = samples() | {"theme": theme if theme in THEMES else "", "tokens": colour_tokens()}
    return render(request, "forum/styleguide.html", context)
