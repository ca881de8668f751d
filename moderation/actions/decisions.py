"""Decide: hide, keep, restore, release. The only place that changes what the public sees of somebody's words.

Each decision is a row with its reasons, a line in the public log, and a letter to whom it concerns, in one
transaction (Regulation (EU) 2022/2065, Articles 16(5) and 17).
"""

from __future__ import annotations

from typing import cast

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from forum.actions.visibility import hide_post, release_post, restore_post
from forum.models import FaqEntry, Message
from forum.search.documents import index_entry
from moderation.actions.records import TooClose as TooClose
from moderation.actions.records import own_party, party_or_aside, record, tell_author
from moderation.models import Decision, Notice, Verb
from moderation.targets import AnyPost, T, Target, address_of, is_away, lock, version_of


class AlreadyDecided(Exception):
    """Somebody else was faster, or pressed the button twice."""


class TextChanged(Exception):
    """It does not say any more what the moderator has read."""


@transaction.atomic
def hide(
    *, target: Target, by: User, rule: str, reason: str, notice: Notice | None = None, read: str | None = None
) -> Decision:
    """Takes it from public view and settles every open notice about it.

    `read` is the version that was decided about (targets.version_of), here as below; None where nobody read it.
    Raises AlreadyDecided when this notice has its decision, or when nothing is left to decide; TextChanged; TooClose,
    but not for an author who takes back words about which nobody complained.
    """
    target = _held(target, notice, read)
    waiting = list(Notice.objects.open().about(*address_of(target)))
    if is_away(target) and not waiting:
        raise AlreadyDecided
    party = party_or_aside(by, target.author, waiting) if waiting else own_party(by, target.author)
    takes_away = not is_away(target)
    if takes_away:
        _take_away(target, by=by, rule=rule, reason=reason)
    decision = Decision(verb=Verb.HIDE, rule=rule, reason=reason, target_author=target.author)
    record(decision, address_of(target), by=by, party=party, notices=waiting)
    if takes_away:
        tell_author("post_hidden", decision)
    return decision


@transaction.atomic
def keep(*, notice: Notice, by: User, reason: str, read: str | None = None) -> Decision:
    """Leaves it as it is. Raises AlreadyDecided when the notice has its decision, TextChanged, TooClose."""
    about = (notice.target_kind, notice.target_id)
    target = lock(*about)
    _check_open(notice)
    _check_version(target, read)
    party = party_or_aside(by, notice.target_author, Notice.objects.open().about(*about))
    decision = Decision(verb=Verb.KEEP, rule=notice.rule, reason=reason, target_author=notice.target_author)
    return record(decision, about, by=by, party=party, notices=[notice])


@transaction.atomic
def remove_message(*, notice: Notice, by: User, rule: str, reason: str) -> Decision:
    """Takes a private message off its page, for both sides, and settles every open notice about it.

    Raises AlreadyDecided when this notice has its decision, and TooClose.
    """
    about = (notice.target_kind, notice.target_id)
    message = Message._default_manager.select_for_update(no_key=True).filter(pk=notice.target_id).first()
    _check_open(notice)
    waiting = list(Notice.objects.open().about(*about))
    party = party_or_aside(by, notice.target_author, waiting)
    decision = Decision(verb=Verb.HIDE, rule=rule, reason=reason, target_author=notice.target_author)
    if message:
        message.hide(rule=rule, at=timezone.now())
    record(decision, about, by=by, party=party, notices=waiting)
    tell_author("post_hidden", decision)
    return decision


@transaction.atomic
def restore_message(*, notice: Notice, by: User, reason: str) -> Decision:
    """Shows a private message again to both sides. Raises AlreadyDecided when it is not removed or gone, TooClose."""
    rows = Message._default_manager.select_for_update(no_key=True).exclude(hidden_at=None)
    message = rows.filter(pk=notice.target_id).first()
    if message is None:
        raise AlreadyDecided
    party = party_or_aside(by, message.author)
    decision = Decision(verb=Verb.RESTORE, rule=message.hidden_rule, reason=reason, target_author=message.author)
    message.restore()
    record(decision, (notice.target_kind, notice.target_id), by=by, party=party)
    tell_author("post_restored", decision)
    return decision


@transaction.atomic
def restore(*, target: Target, by: User, reason: str, read: str | None = None) -> Decision:
    """Shows again what was hidden. Raises AlreadyDecided when it is not hidden, TextChanged, TooClose."""
    target = _held(target, None, read)
    if not target.is_hidden:
        raise AlreadyDecided
    party = party_or_aside(by, target.author)
    decision = Decision(verb=Verb.RESTORE, rule=target.hidden_rule, reason=reason, target_author=target.author)
    if isinstance(target, FaqEntry):
        target.restore()
        index_entry(target)
    else:
        restore_post(post=target)
    record(decision, address_of(target), by=by, party=party)
    tell_author("post_restored", decision)
    return decision


@transaction.atomic
def release(*, post: AnyPost, by: User, reason: str, read: str | None = None) -> Decision:
    """Publishes a held post. Raises AlreadyDecided when it is not held, TextChanged, TooClose."""
    post = _held(post, None, read)
    if not post.is_held:
        raise AlreadyDecided
    party = party_or_aside(by, post.author)
    release_post(post=post)
    decision = Decision(verb=Verb.RELEASE, reason=reason, target_author=post.author)
    record(decision, address_of(post), by=by, party=party)
    tell_author("post_released", decision)
    return decision


def _held(target: T, notice: Notice | None, read: str | None) -> T:
    """The target as it is now, in our hands until the end of the transaction."""
    fresh = lock(*address_of(target))
    if fresh is None:
        raise AlreadyDecided
    if notice:
        _check_open(notice)
    _check_version(fresh, read)
    return cast(T, fresh)


def _check_open(notice: Notice) -> None:
    # The notice is ours too: what it is about may be gone, and then there was nothing to wait for.
    Notice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    if Decision.objects.filter(notice=notice).exists():
        raise AlreadyDecided


def _check_version(target: Target | None, read: str | None) -> None:
    if target and read is not None and version_of(target) != read:
        raise TextChanged


def _take_away(target: Target, *, by: User, rule: str, reason: str) -> None:
    if isinstance(target, FaqEntry):
        target.hide(by=by, rule=rule, reason=reason, at=timezone.now())
        index_entry(target)
    else:
        hide_post(post=target, by=by, rule=rule, reason=reason)
