"""A form that can not be taken comes back with everything that was typed in it.

Why it is safe to show it again: the page repeats to a browser what that browser has just sent, escaped, kept by
nobody, and without what is secret. "Send again" carries a fresh token, so it is offered only to what came from our own
page: browsers name the origin of a POST themselves and no script of another site can change that (Fetch, section 3.1).
What comes from elsewhere, or does not say, can only be copied by hand. Nothing is sent by showing the page, and no
other site can look into it or frame it. A pass keeps "Send again" good while somebody signs in elsewhere (forum.again).
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.defaults import bad_request as django_bad_request
from django.views.defaults import page_not_found

from forum.again import NAME, pass_for

View = Callable[..., HttpResponse]

_SECRET = (
    "csrfmiddlewaretoken", NAME, "password", "password1", "password2", "oldpassword", "code", "credential",
    "order_number",
)  # fmt: skip


def sign_in_required(view: View) -> View:
    """Like Django's login_required, but what was posted after a session ended is handed back, not lost."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if request.method == "POST":
            return hand_back(request, _("You are not signed in any more."), status=401)
        return redirect_to_login(request.get_full_path())

    return guarded


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """settings.CSRF_FAILURE_VIEW: mostly a sign-in in another tab, rarely an attack."""
    explanation = _("This form was opened before you signed in, or is too old.")
    if not request.accepts("text/html"):
        return JsonResponse({"error": explanation}, status=403)
    return hand_back(request, explanation, status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler400: mostly a program. Of what is too large to be read at all, the browser still has the text."""
    if not isinstance(exception, RequestDataTooBig):
        return django_bad_request(request, exception)
    explanation = _("This is too large to be sent. Go back in your browser: what you wrote is still there.")
    return hand_back(request, explanation, status=413, again=False, posted=QueryDict())


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler404: the page may have gone while somebody was writing on it."""
    if request.method == "POST" and _has_text(_posted(request)):
        return hand_back(request, _("What you wrote about is not here any more."), status=404, again=False)
    return page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """handler500: 503 while the database is away, else 500. Asks nothing of it, and still holds what was typed."""
    away = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    status = 503 if away else 500
    # The company that says how it speaks is in the database.
    language = getattr(request, "LANGUAGE_CODE", "") or translation.get_language_from_request(request)
    with translation.override(language):
        page = render_to_string("500.html", {"is_away": away, **_typed(_posted(request)), **_again(request)})
    response = HttpResponse(page, status=status)
    response["Cache-Control"] = "private, no-store"
    if away:
        response["Retry-After"] = "60"
    return response


def refuse(request: HttpRequest, explanation: str = "") -> HttpResponse:
    """403 with the explanation. What was typed meanwhile is handed back; else raises PermissionDenied."""
    if request.method == "POST" and _has_text(request.POST):
        if getattr(request.user, "suspended_at", None):
            explanation = _("Your account is suspended. You can read everything, but not write.")
        return hand_back(request, explanation, status=403, again=False)
    raise PermissionDenied(explanation)


def hand_back(
    request: HttpRequest,
    explanation: str,
    *,
    status: int,
    again: bool = True,
    posted: QueryDict | None = None,
    by_code: bool = False,
) -> HttpResponse:
    """A page with the typed texts; only what came from our own page can be sent again with one click.

    `by_code`: the way back in is the code of a receipt, and no account.
    """
    context = {
        "by_code": by_code,
        "explanation": explanation,
        **_typed(request.POST if posted is None else posted),
        "may_send_again": again and _is_ours(request),
        "came_from": _page_before(request),
        "again": pass_for(request),
    }
    response = render(request, "forum/rescue.html", context, status=status)
    # What was typed may have been meant for a private conversation.
    response["Cache-Control"] = "private, no-store"
    return response


def labels() -> dict[str, str]:
    """The fields that people type into, as opposed to those that they choose in."""
    return {"title": _("Title"), "subject": _("Subject"), "text": _("Text"), "reason": _("Reason"),
            "alternative_text": _("What does the picture show?")}  # fmt: skip


def _has_text(posted: QueryDict) -> bool:
    said = posted.dict()
    return any(str(said.get(name, "")).strip() for name in ("text", "reason"))


def _typed(posted: QueryDict) -> dict[str, Any]:
    said = [(name, str(value)) for name, value in posted.items() if name not in _SECRET and str(value).strip()]
    named = labels()
    return {
        "texts": [(named[name], name, value) for name, value in said if name in named],
        "choices": [(name, value) for name, value in said if name not in named],
    }


def _posted(request: HttpRequest) -> QueryDict:
    """Nothing when what came can not be read: that may be what went wrong."""
    try:
        return request.POST
    except Exception:  # the page that says so must not fail for the same reason
        return QueryDict()


def _again(request: HttpRequest) -> dict[str, Any]:
    """The way to send it once more; the token lies in a cookie and needs no database."""
    if request.method != "POST" or not _is_ours(request):
        return {}
    return {"may_send_again": True, "csrf": get_token(request), "address": request.get_full_path()}


def _is_ours(request: HttpRequest) -> bool:
    sender = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return urlsplit(sender).netloc == request.get_host()


def _page_before(request: HttpRequest) -> str:
    """Where the form stood: an address that can be opened again after signing in."""
    before = urlsplit(request.headers.get("Referer", ""))
    address = f"{before.path}?{before.query}" if before.query else before.path
    is_ours = before.netloc == request.get_host() and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if is_ours else "/"
