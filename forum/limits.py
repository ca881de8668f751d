"""How much a customer may write in a while: settings.WRITING_LIMITS, counted in what they have written.

Nothing is counted apart, so no cache that is emptied forgets it, and an importer is not bound by it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from forum.models import Answer, Comment, Conversation, Question, Upload

if TYPE_CHECKING:
    from accounts.models import User

UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1)}
LONGEST = max(UNITS.values())
FIRST_DAY = timedelta(days=1)


class TooMuch(Exception):
    """The limit is reached; `until` is when it ends."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


class Limit(NamedTuple):
    number: int
    within: timedelta


def check_limit(user: User, kind: str) -> None:
    """Raises TooMuch when this person may not write another one of the `kind` now. Staff may always."""
    if user.is_staff:
        return
    now = timezone.now()
    first_day_ends = user.date_joined + FIRST_DAY
    always, at_first = _limits(kind), _limits(f"{kind}_first_day") if now < first_day_ends else []
    most = max(limit.number for limit in [*always, *at_first])
    written = list(_WRITTEN[kind](user, now - LONGEST)[:most])
    waits = [end for limit in always if (end := _end(written, limit))]
    waits += [min(end, first_day_ends) for limit in at_first if (end := _end(written, limit))]
    if waits and max(waits) > now:
        raise TooMuch(max(waits))


def check_bytes(user: User, size: int) -> None:
    """Raises TooMuch when so many more are over the day's limit (settings.UPLOAD_MB_PER_DAY). Staff may always."""
    if user.is_staff:
        return
    now, room = timezone.now(), settings.UPLOAD_MB_PER_DAY * 1024 * 1024 - size
    sent = Upload.objects.filter(owner=user, created_at__gt=now - LONGEST).order_by("-created_at")
    for created_at, received in sent.values_list("created_at", "received"):
        room -= received
        if room < 0:
            raise TooMuch(created_at + LONGEST)


def _end(written: list[datetime], limit: Limit) -> datetime | None:
    """When so much was written, newest first, that the limit is reached: the end of it."""
    return written[limit.number - 1] + limit.within if len(written) >= limit.number else None


def _instants(rows: QuerySet[Any], since: datetime) -> QuerySet[Any]:
    """When what this person wrote since then was written: by the author's index, a day of one person's rows."""
    return rows.filter(created_at__gte=since).order_by().values_list("created_at", flat=True)


def _questions(user: User, since: datetime) -> QuerySet[Any]:
    return _instants(Question.objects.filter(author=user), since).order_by("-created_at")


def _replies(user: User, since: datetime) -> QuerySet[Any]:
    answers, comments = Answer.objects.filter(author=user), Comment.objects.filter(author=user)
    return _instants(answers, since).union(_instants(comments, since), all=True).order_by("-created_at")


def _conversations(user: User, since: datetime) -> QuerySet[Any]:
    return _instants(Conversation.objects.filter(customer=user), since).order_by("-created_at")


def _uploads(user: User, since: datetime) -> QuerySet[Any]:
    return _instants(Upload.objects.filter(owner=user), since).order_by("-created_at")


_WRITTEN: dict[str, Callable[[User, datetime], QuerySet[Any]]] = {
    "question": _questions,
    "reply": _replies,
    "conversation": _conversations,
    "upload": _uploads,
}


def _limits(kind: str) -> list[Limit]:
    """Of "3/h,10/d": at most three an hour and ten a day."""
    parts = (part.split("/") for part in settings.WRITING_LIMITS.get(kind, "").split(",") if part)
    return [Limit(int(number), UNITS[unit]) for number, unit in parts]
