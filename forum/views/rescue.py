"""A form that can not be taken comes back with everything that was typed in it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

View = Callable[..., HttpResponse]

_SECRET = ("csrfmiddlewaretoken", "password", "password1", "password2", "oldpassword", "code")


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


def refuse(request: HttpRequest, explanation: str = "") -> HttpResponse:
    """403 with the explanation. What was typed meanwhile is handed back; else raises PermissionDenied."""
    if request.method == "POST" and request.POST.dict().get("text", "").strip():
        if getattr(request.user, "suspended_at", None):
            explanation = _("Your account is suspended. You can read everything, but not write.")
        return hand_back(request, explanation, status=403, again=False)
    raise PermissionDenied(explanation)


def hand_back(request: HttpRequest, explanation: str, *, status: int, again: bool = True) -> HttpResponse:
    """A page with the typed texts; only what came from our own page can be sent again with one click."""
    typed = [(name, str(value)) for name, value in request.POST.items() if name not in _SECRET and str(value).strip()]
    labels = _labels()
    context = {
        "explanation": explanation,
        "texts": [(labels[name], name, value) for name, value in typed if name in labels],
        "choices": [(name, value) for name, value in typed if name not in labels],
        "may_send_again": again and _is_ours(request),
        "came_from": _page_before(request),
    }
    response = render(request, "forum/rescue.html", context, status=status)
    # What was typed may have been meant for a private conversation.
    response["Cache-Control"] = "private, no-store"
    return response


def _labels() -> dict[str, str]:
    """The fields that people type into, as opposed to those that they choose in."""
    return {"title": _("Title"), "subject": _("Subject"), "text": _("Text"), "reason": _("Reason"),
            "alternative_text": _("What does the picture show?")}  # fmt: skip


def _is_ours(request: HttpRequest) -> bool:
    sender = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return urlsplit(sender).netloc == request.get_host()


def _page_before(request: HttpRequest) -> str:
    """Where the form stood: an address that can be opened again after signing in."""
    before = urlsplit(request.headers.get("Referer", ""))
    address = f"{before.path}?{before.query}" if before.query else before.path
    is_ours = before.netloc == request.get_host() and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if is_ours else "/"
