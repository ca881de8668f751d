"""A form that can not be taken comes back with everything that was typed in it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
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
    return hand_back(request, _("This form was opened before you signed in, or is too old."), status=403)


def hand_back(request: HttpRequest, explanation: str, *, status: int) -> HttpResponse:
    """A page with the typed texts; only what came from our own page can be sent again with one click."""
    typed = [(name, value) for name, value in request.POST.items() if name not in _SECRET and value.strip()]
    context = {"explanation": explanation, "typed": typed, "may_send_again": _is_ours(request)}
    return render(request, "forum/rescue.html", context, status=status)


def _is_ours(request: HttpRequest) -> bool:
    sender = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return urlsplit(sender).netloc == request.get_host()
