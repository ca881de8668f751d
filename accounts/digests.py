"""Digests of what must be recognised but not kept: a nickname given up, an order number, an account that is gone."""

from __future__ import annotations

from datetime import UTC
from hashlib import sha256
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.crypto import salted_hmac

if TYPE_CHECKING:
    from accounts.models import User


def keyed_digest(purpose: str, text: str) -> str:
    """64 hexadecimal digits; without the SECRET_KEY nobody can find the text by trying (HMAC-SHA256, RFC 2104)."""
    return _digest(purpose, text, settings.SECRET_KEY)


def known_digests(purpose: str, text: str) -> list[str]:
    """The digest under the key of today and under each former one that is still named in SECRET_KEY_FALLBACKS."""
    return [_digest(purpose, text, key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


def account_digest(user: User) -> str:
    """Of number and instant of sign-up: a number alone is given anew after an old backup came back.

    In milliseconds, since a backup as JSON keeps no more (django.core.serializers.json).
    """
    joined = user.date_joined.astimezone(UTC).isoformat(timespec="milliseconds")
    return sha256(f"account {user.pk} {joined}".encode()).hexdigest()


def _digest(purpose: str, text: str, key: str) -> str:
    return salted_hmac(f"accounts.digests {purpose}", text, secret=key, algorithm="sha256").hexdigest()
