"""What a notice or a decision is about: the post or FAQ entry behind a kind and an id."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar, cast

from django.db.models import QuerySet
from django.urls import reverse

from accounts.models import User
from forum.actions.threads import hold_thread
from forum.bylines import byline
from forum.models import Answer, Comment, FaqEntry, Message, Question, Revision
from moderation.models import TargetKind

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    Viewer: TypeAlias = User | AnonymousUser

AnyPost: TypeAlias = Question | Answer | Comment
Target: TypeAlias = AnyPost | FaqEntry
T = TypeVar("T", bound=Target)

_READERS: dict[str, Any] = {
    TargetKind.QUESTION: (Question, ("topic", "author", "staff_card")),
    TargetKind.ANSWER: (Answer, ("question", "author", "staff_card")),
    TargetKind.COMMENT: (Comment, ("question", "answer__question", "author", "staff_card")),
    TargetKind.FAQ: (FaqEntry, ("topic", "author")),
}


def address_of(target: Target) -> tuple[str, str]:
    """Kind and id as notices, decisions and the log keep them."""
    return target.kind, target.slug if isinstance(target, FaqEntry) else target.public_id


def public_target(kind: str, target_id: str) -> Target | None:
    """What everybody may see, and therefore report."""
    return _found(kind, target_id, "public")


def visible_target(kind: str, target_id: str, user: Viewer) -> Target | None:
    """What this person may see of it: for moderators also what is held or hidden."""
    return _found(kind, target_id, "visible_to", user)


def version_in(post: AnyPost, number: int, user: Viewer) -> Revision | None:
    """One of the versions of a post that this person may see; the post stands behind it, as it is in hand."""
    version: Revision | None = Revision.objects.visible_to(user).filter(**{post.kind: post}, number=number).first()
    if version:
        setattr(version, post.kind, post)
    return version


def history_of(post: AnyPost) -> str:
    """The address at which its versions stand."""
    return reverse(f"forum:{post.kind}_history", args=[post.public_id])


def is_newest(version: Revision, post: AnyPost) -> bool:
    """Whether it is what the post says today."""
    return not post.revisions.filter(number__gt=version.number).exists()


def is_away(target: Target) -> bool:
    """Whether the public does not see it any more, by a decision."""
    return target.is_hidden


def version_of(target: Target) -> str:
    """Which of its versions this is: what somebody has read, as a form carries it."""
    return target.edited_at.isoformat() if target.edited_at else ""


def title_of(target: Target) -> str:
    """The title of the page on which it stands."""
    if isinstance(target, Answer):
        return target.question.title
    return target.thread.title if isinstance(target, Comment) else target.title


def writer_of(target: Target, reader: Viewer) -> str:
    """Who wrote it, as far as this reader may know."""
    if isinstance(target, FaqEntry):
        return target.author_name
    by = byline(target, reader)
    return f"{by.name} ({by.note})" if by.note else by.name


def visible_targets(addresses: Iterable[tuple[str, str]], user: Viewer) -> dict[tuple[str, str], Target]:
    """Those of these that this person may see; one query for each kind."""
    wanted: dict[str, set[str]] = {}
    for kind, target_id in addresses:
        wanted.setdefault(kind, set()).add(target_id)
    found: dict[tuple[str, str], Target] = {}
    for kind, ids in wanted.items():
        if kind not in _READERS:
            continue
        rows = _readable(kind, "visible_to", user).filter(**{f"{_key(kind)}__in": ids})
        found |= {address_of(target): target for target in rows}
    return found


def is_removed_message(kind: str, target_id: str) -> bool:
    """Whether this is a private message that a decision took off its page; of its words nothing is looked at."""
    return kind == TargetKind.MESSAGE and Message._default_manager.exclude(hidden_at=None).filter(pk=target_id).exists()


def lock(kind: str, target_id: str) -> Target | None:
    """Read anew and held until the end of the transaction, so that people decide one after the other.

    None for what is gone, and for what is said in private, which nobody reaches from here.
    """
    if kind not in _READERS:
        return None
    rows = _READERS[kind][0]._default_manager.filter(**{_key(kind): target_id})
    if kind in (TargetKind.ANSWER, TargetKind.COMMENT) and (post := rows.first()):
        hold_thread(post)
    return cast("Target | None", rows.select_for_update(no_key=True).first())


def _found(kind: str, target_id: str, gate: str, *args: Viewer) -> Target | None:
    if kind not in _READERS:
        return None
    rows = _readable(kind, gate, *args)
    found = rows.filter(**{_key(kind): target_id}).first()
    if found is None and kind == TargetKind.FAQ and target_id.isascii() and target_id.isdecimal():
        # Of a discreet topic, whose addresses name nothing.
        found = rows.filter(pk=target_id, topic__discreet=True).first()
    return found


def _readable(kind: str, gate: str, *args: Viewer) -> QuerySet[Target]:
    """All of this kind behind the gate (`public` or `visible_to`), with what a page about one of them shows."""
    model, related = _READERS[kind]
    rows: QuerySet[Target] = getattr(model.objects, gate)(*args).select_related(*related)
    return rows


def _key(kind: str) -> str:
    return "slug" if kind == TargetKind.FAQ else "public_id"
