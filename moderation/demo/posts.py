"""Putting words under a name: what questions, answers and comments of the demonstration share."""

from __future__ import annotations

from datetime import datetime

from forum.models import Revision
from moderation.demo.records import Record
from moderation.demo.stage import DemoPost, Stage


def write_post(stage: Stage, post: DemoPost, record: Record, at: datetime) -> None:
    """Saves the post as written at that instant, with what happened to it later."""
    post.created_at = at
    post.sign(stage.people[record["author"]], badge=True)
    post.write(record["text"].strip())
    if "held" in record:
        post.hold(record["held"]["reason"], at)
    post.full_clean(exclude=["question", "answer"])
    post.save()
    if "edit" in record:
        _edit(stage, post, record["edit"])
    if "hidden" in record:
        _hide(stage, post, record["hidden"])
    if "key" in record:
        stage.posts[record["key"]] = post


def _edit(stage: Stage, post: DemoPost, record: Record) -> None:
    """Stores the former words of a post beside those that stand."""
    post.edited_at = stage.later(post.author_name, post.created_at, record["after"])
    post.save(update_fields=["edited_at"])
    title = getattr(post, "title", "")
    versions = [
        Revision(number=1, title=title, text=record["text"].strip(), created_at=post.created_at),
        Revision(number=2, title=title, text=post.text, created_at=post.edited_at, reason=record["reason"]),
    ]
    for version in versions:
        setattr(version, post.kind, post)
        version.edited_by, version.edited_by_name = post.author, post.author_name
    Revision.objects.bulk_create(versions)


def _hide(stage: Stage, post: DemoPost, record: Record) -> None:
    post.hide(
        by=stage.people[record["by"]],
        rule=record["rule"],
        reason=record["reason"],
        at=stage.later(record["by"], post.created_at, record["after"]),
    )
    if record.get("suspends_author") and post.author:
        post.author.suspended_at = post.hidden_at
        post.author.save(update_fields=["suspended_at"])
