"""The stylesheet, and for staff the page that shows every component in every state."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from forum.models import Company
from forum.stylesheet import stylesheet as assembled

FOR_EVER = "public, max-age=31536000, immutable"


@require_safe
def stylesheet(request: HttpRequest) -> HttpResponse:
    sheet = assembled(Company.load().hue)
    gzipped = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(sheet.gzipped if gzipped else sheet.css, content_type="text/css; charset=utf-8")
    if gzipped:
        response["Content-Encoding"] = "gzip"
    # An address without the right version is asked again, so that a new hue shows at once.
    response["Cache-Control"] = FOR_EVER if request.GET.get("v") == sheet.version else "no-cache"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response
