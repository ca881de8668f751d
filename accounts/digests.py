"""Digests by which something is known again that is no longer kept."""

from __future__ import annotations

from datetime import UTC
from hashlib import sha256

from accounts.models.user import User
from accounts.nicknames import nickname_key


def account_digest(user: User) -> str:
    """Of number and instant of sign-up: a number alone is given anew after an old backup came back.

    In milliseconds, since a backup as JSON keeps no more (django.core.serializers.json).
    """
    joined = user.date_joined.astimezone(UTC).isoformat(timespec="milliseconds")
    return sha256(f"account {user.pk} {joined}".encode()).hexdigest()


def nickname_digest(nickname: str) -> str:
    """Of the form in which nicknames are compared."""
    return sha256(f"nickname {nickname_key(nickname)}".encode()).hexdigest()
