"""What moderators see on the Desk: how much waits for a decision of theirs."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from forum.models import Answer, Comment, Question
from moderation.models import Notice


def desk(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or not user.is_moderator:
        return {}
    return {"decisions_waiting": _decisions_waiting}


def _decisions_waiting() -> int:
    """Open notices and posts held for review, counted in one query."""
    notices = Notice.objects.open().order_by().values("pk")
    held = [posts.held().values("pk") for posts in (Question.objects, Answer.objects, Comment.objects)]
    return notices.union(*held, all=True).count()
