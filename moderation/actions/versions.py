"""Decide about one former version of a post: its history goes on without it, what the post says today stays."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from forum.actions.visibility import hide_version, restore_version
from forum.models import Revision
from moderation.actions.decisions import AlreadyDecided
from moderation.actions.records import own_party, party_or_aside, record, tell_author
from moderation.models import Decision, Notice, Verb
from moderation.targets import AnyPost, address_of, is_newest, lock


class StillSaid(Exception):
    """The post says this today: to take it away is to remove the post, or to change it."""


@transaction.atomic
def hide_one(*, post: AnyPost, number: int, by: User, rule: str, reason: str) -> Decision:
    """Raises AlreadyDecided when it is hidden or gone, StillSaid, TooClose."""
    version = _held(post, number)
    if version.is_hidden:
        raise AlreadyDecided
    if is_newest(version, post):
        raise StillSaid
    writer = version.edited_by
    waiting = list(Notice.objects.open().about(*address_of(post)))
    # As with whole posts: who takes back words about which nobody complained asks nobody.
    party = party_or_aside(by, writer, waiting) if waiting else own_party(by, writer)
    hide_version(version=version)
    decision = Decision(verb=Verb.HIDE_VERSION, version=number, rule=rule, reason=reason, target_author=writer)
    record(decision, address_of(post), by=by, party=party)
    tell_author("version_hidden", decision)
    return decision


@transaction.atomic
def restore_one(*, post: AnyPost, number: int, by: User, reason: str) -> Decision:
    """Raises AlreadyDecided when it is not hidden, TooClose."""
    version = _held(post, number)
    if not version.is_hidden:
        raise AlreadyDecided
    party = party_or_aside(by, version.edited_by)
    restore_version(version=version)
    decision = Decision(verb=Verb.RESTORE_VERSION, version=number, reason=reason, target_author=version.edited_by)
    record(decision, address_of(post), by=by, party=party)
    tell_author("version_restored", decision)
    return decision


def _held(post: AnyPost, number: int) -> Revision:
    """As it is now, in our hands until the end of the transaction, with the post before it."""
    if lock(*address_of(post)) is None:
        raise AlreadyDecided
    version = Revision.objects.select_for_update(no_key=True).filter(**{post.kind: post}, number=number).first()
    if version is None:
        raise AlreadyDecided
    return version
