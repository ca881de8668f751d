"""Uploaded pictures. What no row points to does not exist here, whatever lies on the disk."""

from __future__ import annotations

from pathlib import PurePosixPath

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from accounts.models import StaffCard
from forum.markdown.pictures import upload_behind
from forum.middleware import company_of
from forum.models import Upload

# Names are random and a new picture gets a new name.
FOR_EVER = "public, max-age=31536000, immutable"
# A face may be taken back: no cache keeps it longer than this.
AN_HOUR = "public, max-age=3600"
# A post may be hidden at any time: whoever keeps its pictures asks each time whether they are still to be seen.
ASK_EACH_TIME = "public, no-cache"
FOR_ONE = "private, no-store"
TYPES = {".webp": "image/webp", ".png": "image/png", ".jpg": "image/jpeg"}


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    file = PurePosixPath(path)
    content_type, keeping = TYPES.get(file.suffix), "" if "\x00" in path else _keeping(request, path)
    if content_type is None or not keeping:
        raise Http404
    # Nothing under a name ever changes, so the name tells one picture from another.
    etag = quote_etag(file.stem)
    unchanged = get_conditional_response(request, etag=etag) if keeping == ASK_EACH_TIME else None
    response = unchanged or _opened(path, content_type)
    response["Cache-Control"] = keeping
    if keeping == ASK_EACH_TIME:
        response["ETag"] = etag
    # Should anything but a picture ever lie here, it can neither run nor fetch.
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _opened(path: str, content_type: str) -> HttpResponseBase:
    try:
        file = default_storage.open(path)
    except OSError as missing:
        raise Http404 from missing
    return FileResponse(file, content_type=content_type, filename=PurePosixPath(path).name)


def _keeping(request: HttpRequest, path: str) -> str:
    """For how long who may keep it; "" when it does not exist for this person."""
    if name := upload_behind(path):
        if Upload.objects.public().filter(image=name).exists():
            return ASK_EACH_TIME
        seen = request.user.is_authenticated and Upload.objects.visible_to(request.user).filter(image=name).exists()
        return FOR_ONE if seen else ""
    if path == company_of(request).logo.name:
        return FOR_EVER
    return AN_HOUR if StaffCard.objects.filter(portrait=path).exists() else ""
