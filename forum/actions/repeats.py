"""A form that was sent twice, by a double click or after a lost answer, writes once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from forum.models import Post

P = TypeVar("P", bound=Post)

MOMENT = timedelta(minutes=5)


def once(*, author: User, same: QuerySet[P], write: Callable[[], P]) -> P:
    """What `write` makes; or, of the posts with the `same` words, the one the author made a moment ago."""
    with transaction.atomic():
        # One after the other: two requests at the same instant would both find nothing. `no_key` leaves others free
        # to refer to the author: two people who answer each other would else wait for each other for ever.
        User.objects.select_for_update(no_key=True).get(pk=author.pk)
        made = same.filter(author=author, created_at__gte=timezone.now() - MOMENT).first()
        return made or write()
