"""Every edit is kept: the version before and the version after."""

from __future__ import annotations

import hashlib
from typing import Any

from django.utils import timezone

from accounts.models import User
from forum.actions.threads import hold_thread
from forum.models import Post, Revision

# What an edit changes in the row of any post.
EDITED = ("text", "html", "edited_at", "held_at", "held_reason", "held_edit")


class PostRemoved(Exception):
    """The post was removed or deleted while somebody was changing it."""


class Overtaken(Exception):
    """Somebody saved other words after this form was opened; the post in hand says them now."""


def version_of(post: Post) -> str:
    """By what a form knows again whether the post still says what it said when the form was opened."""
    return digest_of(post.words, getattr(post, "topic_id", ""), post.unnamed_at is not None)


def digest_of(*said: object) -> str:
    """Short enough for a form; tells nothing to who does not know what was said."""
    whole = "\0".join(str(part) for part in said)
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:20]


def refuse_overtaken(post: Post, version: str, *, words: str) -> None:
    """Raises Overtaken when the post in hand is no longer of this `version`, unless it says these `words` already.

    A form without a version was opened before forms had one.
    """
    if version and version != version_of(post) and words != post.words:
        raise Overtaken


def take_in_hand(post: Post) -> None:
    """Reads anew what an edit depends on; until the end of the transaction nobody else edits or decides.

    Raises PostRemoved.
    """
    hold_thread(post)
    rows = type(post)._default_manager.select_for_update(no_key=True)
    of_questions = ("title", "slug", "waiting_on", "topic", "unnamed_at") if post.kind == "question" else ()
    post.refresh_from_db(fields=[*EDITED, "hidden_at", "deleted_at", *of_questions], from_queryset=rows)
    if post.is_hidden or post.deleted_at:
        raise PostRemoved


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
