"""Checks on new posts (settings.POST_CHECKS): each answers with a reason to hold the post, or None."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from forum.models import Post

_NEW = timedelta(days=1)
_LINKS = 2


def links_of_new_accounts(post: Post, user: User) -> str | None:
    """Many links from an account of less than a day are mostly advertising; a person looks at them first."""
    is_new = timezone.now() - user.date_joined < _NEW
    if is_new and post.text.count("://") > _LINKS:
        return _("New accounts may post up to %(count)d links at once; we look at it first.") % {"count": _LINKS}
    return None
