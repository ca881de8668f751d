"""Whoever changes something in a thread takes its question in hand first, and then what hangs on it.

Two who did so in different orders would each hold what the other waits for (on PostgreSQL a deadlock, SQLSTATE 40P01).
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from forum.models import Comment, Question


def thread_of(post: Any) -> Question:
    """The question on whose page the post stands; of a question, itself."""
    if isinstance(post, Comment):
        return post.thread
    return post if isinstance(post, Question) else post.question


def hold_thread(post: Any) -> None:
    """Until the end of the transaction nobody else changes what hangs on this thread."""
    rows = Question._base_manager.select_for_update(no_key=True)
    rows.filter(pk=thread_of(post).pk).values_list("pk").first()


def hold_threads(*keys: int | None) -> None:
    """Of several questions all at once and in one order everywhere, whoever needs them for whatever."""
    rows = Question._base_manager.filter(pk__in={key for key in keys if key}).order_by("pk")
    list(rows.select_for_update(no_key=True).values_list("pk"))


def hold_page(post: Any) -> list[int]:
    """Of all questions whose words stand on one page with the post, the keys: merged ones stand where they lead.

    Held until the end of the transaction, so that none of them is taken apart and none is added.
    """
    held: list[int] = []
    while (keys := _merged_with(thread_of(post).pk)) != held:
        hold_threads(*keys)
        held = keys
    return held


def _merged_with(key: int) -> list[int]:
    """What was merged leads to the end at once, never along a chain (forum.actions.merging)."""
    rows = Question._base_manager.order_by("pk")
    end = rows.filter(pk=key).values_list("merged_into", flat=True).first() or key
    return list(rows.filter(Q(pk=end) | Q(merged_into=end)).values_list("pk", flat=True))
