"""Devices on which somebody has signed in before.

A signed cookie, given to people who sign in and to nobody else. It opens nothing. It gives this person a count of
tries of their own, so that a stranger who tries passwords elsewhere can not lock them out; and whoever signs in
without it hears of a new device by e-mail. A new password makes all of them void.
"""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.models import User

_SALT = "accounts.devices"
AGE = timedelta(days=365)


def known_person(request: HttpRequest) -> User | None:
    """Who has signed in on this device before; looked up once for each request."""
    if not hasattr(request, "_known_person"):
        request._known_person = _read(request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""))  # type: ignore[attr-defined]
    return request._known_person  # type: ignore[attr-defined]


def remember_device(request: HttpRequest, response: HttpResponseBase, user: User) -> None:
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        signing.dumps([user.pk, _stamp(user)], salt=_SALT),
        max_age=AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _read(cookie: str) -> User | None:
    if not cookie:
        return None
    try:
        pk, stamp = signing.loads(cookie, salt=_SALT, max_age=AGE)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    user = User.objects.filter(pk=pk, is_active=True).first()
    return user if user and constant_time_compare(stamp, _stamp(user)) else None


def _stamp(user: User) -> str:
    return salted_hmac(_SALT, user.password).hexdigest()[:20]
