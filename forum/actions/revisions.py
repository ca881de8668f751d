"""Every edit is kept: the version before and the version after."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from accounts.models import User
from forum.models import Post, Revision


def record_edit(*, post: Post, editor: User, text: str, title: str = "", reason: str = "") -> None:
    """Writes `text` into the post (unsaved) and stores the revisions; the first edit stores the first version too."""
    place: dict[str, Any] = {post.kind: post}
    last = Revision.objects.filter(**place).order_by("-number").first()
    if last is None:
        last = Revision.objects.create(
            **place, number=1, title=getattr(post, "title", ""), text=post.text, created_at=post.created_at,
            edited_by=post.author, edited_by_name=post.posted_as_name or post.author_name,
        )  # fmt: skip
    post.write(text)
    post.edited_at = timezone.now()
    Revision.objects.create(
        **place, number=last.number + 1, title=title, text=text, edited_by=editor,
        edited_by_name=editor.public_name, reason=reason, created_at=post.edited_at,
    )  # fmt: skip
