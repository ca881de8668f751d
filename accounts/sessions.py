"""Sessions: how long one lasts, and what its owner is shown about each.

Kept are the kind of browser, the network and the times; neither the whole address nor the browser's own description.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from allauth.usersessions.internal.flows.sessions import end_other_sessions
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import logout, update_session_auth_hash
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from accounts.devices import remember_device
from accounts.factors import has_second_factor
from accounts.limits import network_of
from accounts.models import User

_NOTE_EVERY = 300  # seconds: a visit is no write
BEGAN, SEEN, NOTED = "signed_in_at", "seen_at", "noted_as"

# What stands in a browser's description of itself, by what it means; the first that fits.
_BROWSERS = (
    ("Edg", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Vivaldi", "Vivaldi"),
    ("Firefox|FxiOS", "Firefox"), ("Chrome|CriOS|Chromium", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
_SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
    ("Macintosh|Mac OS", "Mac"), ("CrOS", "Chromebook"), ("Linux", "Linux"),
)  # fmt: skip


class SessionMiddleware:
    """Ends what was idle or signed in for too long, and notes for its owner where a session is in use."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        # Readers have no session, and none is looked for.
        came_with_one = settings.SESSION_COOKIE_NAME in request.COOKIES
        if came_with_one and request.user.is_authenticated and is_over(request, request.user, time.time()):
            logout(request)
        response = self.get_response(request)
        if (came_with_one or request.session.modified) and request.user.is_authenticated and request.user.pk:
            note(request, response, request.user)
        return response


def is_over(request: HttpRequest, user: User, now: float) -> bool:
    hours = settings.STAFF_SESSION_IDLE_HOURS if user.is_staff else settings.SESSION_IDLE_HOURS
    idle, whole = now - request.session.get(SEEN, now), now - request.session.get(BEGAN, now)
    return bool(idle > hours * 3600 or whole > settings.SESSION_HOURS * 3600)


def note(request: HttpRequest, response: HttpResponseBase, user: User) -> None:
    """At the sign-in, whenever the session got a new key, and every few minutes."""
    session, now = request.session, int(time.time())
    key, before = session.session_key, session.get(NOTED)
    if key is None or (before == key and now - session[SEEN] < _NOTE_EVERY):
        return
    UserSession.objects.update_or_create(
        session_key=key,
        defaults={
            "user": user,
            "ip": network_of(request),
            "user_agent": device_of(request.headers.get("User-Agent", "")),
            "last_seen_at": timezone.now(),
        },
    )
    if before != key:
        UserSession.objects.filter(session_key=before or "").delete()
        remember_device(request, response, user)
    session[SEEN], session[NOTED] = now, key
    session.setdefault(BEGAN, now)


@contextmanager
def setting_up_a_factor(request: HttpRequest) -> Iterator[None]:
    """Around what sets it up: the session gets a new key, and the first factor ends all others of the person.

    Those were opened without it, so who knows the password alone would go on in them as if there were two steps.
    """
    user: User = request.user  # type: ignore[assignment]
    is_first = not has_second_factor(user)
    with transaction.atomic():
        yield
        if is_first:
            end_other_sessions(request, user)
            User.objects.filter(pk=user.pk).update(session_generation=F("session_generation") + 1)
            user.refresh_from_db(fields=["session_generation"])
    update_session_auth_hash(request, user)


def device_of(user_agent: str) -> str:
    """`Firefox · Windows`: the browser and the machine as people call them; empty when neither is known."""
    found = (
        next((name for pattern, name in kinds if re.search(pattern, user_agent)), "") for kinds in (_BROWSERS, _SYSTEMS)
    )
    return " · ".join(filter(None, found))
