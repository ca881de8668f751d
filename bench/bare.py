"""The least that Django can do, to compare with: one view, no middleware, no database, a page that is there already.

BARE_PAGES names a file with what is to be said, by path (JSON).
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

settings.configure(ALLOWED_HOSTS=["*"], MIDDLEWARE=[], ROOT_URLCONF="bench.bare", SECRET_KEY="nothing-is-signed-here")

_PAGES = {
    address: text.encode() for address, text in json.loads(Path(os.environ["BARE_PAGES"]).read_text("utf-8")).items()
}


def page(request: HttpRequest, address: str) -> HttpResponse:
    body = _PAGES.get(request.path)
    if body is None:
        raise Http404
    # With its length, as all pages of the site: without it the server would send the body in pieces.
    return HttpResponse(body, headers={"Content-Length": str(len(body))})


urlpatterns = [path("<path:address>", page)]

application = get_wsgi_application()
