"""What the tables of the team itself hold of people (settings.PERSONAL_DATA)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.holdings import Holding
from accounts.models import User
from accounts.site import absolute_url
from forum.markdown import render
from forum.models import InternalNote, Topic


def _notes(user: User) -> Iterable[InternalNote]:
    mine = InternalNote._base_manager.filter(author=user).order_by("pk").select_related("question")
    return mine.iterator(chunk_size=200)


def _write_note(row: InternalNote) -> tuple[str, ...]:
    row.html = render(row.text)
    return ("html",)


def _topics(user: User) -> Any:
    return Topic.staff.through._base_manager.filter(user=user).order_by("pk").select_related("topic")


def _of_question(row: Any) -> str:
    """Without the words of the title: the question may be hidden since."""
    return absolute_url(reverse("forum:question_detail", args=[row.question.public_id]))


HOLDINGS = [
    Holding(
        "forum.InternalNote",
        section="internal_notes",
        title=_("Notes you made for the team"),
        owner=("author", "author_name"),
        plain=("id", "question"),
        left_out=("html",),
        shown=("text", "created_at"),
        derived={"address": _of_question},
        of=_notes,
        texts=("text",),
        renew=_write_note,
        thread=lambda row: row.question_id,
    ),
    Holding(
        "forum.SavedReply",
        section="saved_replies",
        title=_("Replies you saved"),
        owner=("author", "author_name"),
        plain=("id",),
        shown=("title", "text", "is_shared", "created_at", "edited_at"),
        texts=("title", "text"),
    ),
    Holding(
        "forum.Topic_staff",
        section="topics",
        title=_("Topics you serve"),
        owner=("user", ""),
        of=_topics,
        plain=("id",),
        left_out=("topic",),
        derived={"topic": lambda row: row.topic.name},
    ),
    Holding("forum.Topic_invited", plain=("id", "topic", "invitation")),
]  # fmt: skip
