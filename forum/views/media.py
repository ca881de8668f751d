"""Uploaded pictures. What no row points to does not exist here, whatever lies on the disk."""

from __future__ import annotations

from pathlib import PurePosixPath

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from accounts.models import StaffCard
from forum.middleware import company_of

# Names are random and a new picture gets a new name.
FOR_EVER = "public, max-age=31536000, immutable"
# A face may be taken back: no cache keeps it longer than this.
AN_HOUR = "public, max-age=3600"
TYPES = {".webp": "image/webp", ".png": "image/png", ".jpg": "image/jpeg"}


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    content_type = TYPES.get(PurePosixPath(path).suffix)
    if content_type is None or not _is_known(request, path):
        raise Http404
    try:
        file = default_storage.open(path)
    except OSError as missing:
        raise Http404 from missing
    response = FileResponse(file, content_type=content_type)
    response["Cache-Control"] = FOR_EVER if path == company_of(request).logo.name else AN_HOUR
    # Should anything but a picture ever lie here, it can neither run nor fetch.
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _is_known(request: HttpRequest, path: str) -> bool:
    if "\x00" in path:
        return False
    return path == company_of(request).logo.name or StaffCard.objects.filter(portrait=path).exists()
