"""How often something may be done: the limits of settings.ACCOUNT_RATE_LIMITS, also for what is no sign-in."""

from __future__ import annotations

from allauth.core import ratelimit
from django.http import HttpRequest


def within_limit(request: HttpRequest, action: str, *, key: str = "") -> bool:
    """Counts this request; False when it is one too many."""
    return bool(ratelimit.consume(request, action=action, key=key or None))
