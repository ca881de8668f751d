"""Checks on new and changed posts (settings.POST_CHECKS): each answers with a reason to hold the post, or None."""

from __future__ import annotations

import re
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from forum.models import Post

_NEW = timedelta(days=1)
_LINKS = 2
_LINK = re.compile(r"\S*://\S*")


def links_of_new_accounts(post: Post, user: User, before: str = "") -> str | None:
    """Many links from an account of less than a day are mostly advertising; a person looks at them first.

    An edit that brings no other link than those that stood there `before` mends a word and is left in peace.
    """
    is_new = timezone.now() - user.date_joined < _NEW
    brings_one = set(_LINK.findall(post.words)) - set(_LINK.findall(before))
    if is_new and brings_one and post.words.count("://") > _LINKS:
        return _("New accounts may post up to %(count)d links at once; we look at it first.") % {"count": _LINKS}
    return None
