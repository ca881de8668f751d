"""A text that is too large to be taken comes back too: nobody should lose an afternoon to a limit."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, QueryDict, UnreadablePostError
from django.utils.translation import gettext as _

from forum.views.rescue import hand_back

# Bytes of a plain form that a page takes: up to settings.DATA_UPLOAD_MAX_MEMORY_SIZE it is still read to hand it back.
# Beyond that it is no text that anybody typed or pasted.
MOST = 2_621_440


class TooLargeMiddleware:
    """Answers 413 (RFC 9110, section 15.5.14) before anything looks into the form.

    Of a form that may hold a file the length says nothing: it is read within the settings' bounds, and says itself
    which of its fields is too long.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = _length(request)
        if request.method != "POST" or length <= MOST or not _is_plain_form(request):
            return self.get_response(request)
        explanation = _("This is too large to be sent. Please make it shorter.")
        return hand_back(request, explanation, status=413, again=False, posted=_read(request, length))


def _length(request: HttpRequest) -> int:
    stated = request.META.get("CONTENT_LENGTH") or "0"
    return int(stated) if stated.isascii() and stated.isdecimal() else 0


def _is_plain_form(request: HttpRequest) -> bool:
    return request.content_type == "application/x-www-form-urlencoded"


def _read(request: HttpRequest, length: int) -> QueryDict:
    """What was typed; nothing when it is far too much, or came from somebody who is not signed in."""
    if length > settings.DATA_UPLOAD_MAX_MEMORY_SIZE or not request.user.is_authenticated:
        return QueryDict()
    try:
        return QueryDict(request.read(length), encoding="utf-8")
    except (UnreadablePostError, SuspiciousOperation, ValueError):
        return QueryDict()
