"""What moderators see in the header: how many notices are open."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from moderation.models import Notice


def desk(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or not user.is_moderator:
        return {}
    return {"open_notices": lambda: Notice.objects.open().count()}
