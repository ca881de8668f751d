"""One press for "Send again", after signing in elsewhere made the token of the page void on which the text waits.

Such a page carries a pass for the one address its form goes to. A pass proves nothing of who sends it, and everybody
can get one; so it counts only where the browser names our own origin as the sender's, which no other site can make it
do (Fetch, section 3.1). The form then gets a good token, and Django looks at it as at every other.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.middleware.csrf import get_token

NAME = "again"
LASTS = 24 * 3600  # seconds
_SALT = "forum.again"


def pass_for(request: HttpRequest) -> str:
    """For the page that hands back what this request brought."""
    return signing.TimestampSigner(salt=_SALT).sign(request.get_full_path())


class AgainMiddleware:
    """Stands before the middleware that looks at the token."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *args: object) -> None:
        if _comes_from_our_page(request) and _has_pass(request):
            posted = request.POST.copy()
            posted["csrfmiddlewaretoken"] = get_token(request)
            request.POST = posted  # type: ignore[assignment]


def _comes_from_our_page(request: HttpRequest) -> bool:
    ours = {f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}
    # Browsers that say nothing of the site have been gone for longer than those that say no origin.
    is_same = request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
    is_plain = request.content_type == "application/x-www-form-urlencoded"
    return request.method == "POST" and is_plain and is_same and request.headers.get("Origin") in ours


def _has_pass(request: HttpRequest) -> bool:
    signer = signing.TimestampSigner(salt=_SALT)
    try:
        return signer.unsign(str(request.POST.get(NAME, "")), max_age=LASTS) == request.get_full_path()
    except (signing.BadSignature, UnreadablePostError):
        return False
