"""Runs the checks named in settings.POST_CHECKS on a new post: none of them is known here by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from accounts.models import User
    from forum.models import Post


def hold_if_doubtful(post: Post, user: User) -> None:
    """Holds the post for review when a check gives a reason; staff are not checked. Does not save."""
    if user.is_staff:
        return
    for path in settings.POST_CHECKS:
        if reason := import_string(path)(post, user):
            post.hold(str(reason), timezone.now())
            return
