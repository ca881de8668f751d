"""Runs the checks named in settings.POST_CHECKS on a new or changed post: none of them is known here by name.

And answers one itself: whether a nickname would pass for the company.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from accounts.impersonation import SHORTEST, mistakable, speaks_for_us
from accounts.reserved import first_names
from forum.models import Company

if TYPE_CHECKING:
    from accounts.models import User
    from forum.models import Post


def hold_if_doubtful(post: Post, user: User, *, before: str = "") -> None:
    """Holds the post for review when a check gives a reason; staff are not checked. Does not save.

    `before` is what a changed post said until now. What is held already stays so: a person decides about it.
    """
    if user.is_staff or post.is_held:
        return
    for path in settings.POST_CHECKS:
        if reason := import_string(path)(post, user, before):
            post.hold(str(reason), timezone.now(), edited=bool(before))
            return


def name_of_the_company(nickname: str, user: User | None = None) -> str | None:
    """One of settings.NICKNAME_CHECKS: nobody else may pass for the company."""
    if user and user.is_staff:
        return None
    name = Company.load().name
    words = [word for word in name.split() if len(word) > SHORTEST]
    return mistakable() if speaks_for_us(nickname, [name, *words], first_names()) else None
