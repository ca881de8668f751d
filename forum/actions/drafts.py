"""Save and discard what somebody is still writing. Nothing is overwritten that the writer has not seen."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import Q, Subquery
from django.utils import timezone

from accounts.models import User
from forum import crypto
from forum.actions.attachments import discard_waiting
from forum.actions.sending import KEPT, Sent
from forum.markdown.pictures import names_in
from forum.models import Conversation, Draft, FormKey, Purpose, Upload
from forum.models.draft import place_of

# Nobody writes on so many things at once; a program that fills the disk does.
MOST = 100
# Characters of one draft: five times what can be published, so that too long a text is kept as well.
LONGEST = 100_000


class DraftChanged(Exception):
    """Another window saved this draft meanwhile; `draft` is what it saved, None when it is gone."""

    def __init__(self, draft: Draft | None) -> None:
        super().__init__()
        self.draft = draft


class AlreadySent(Exception):
    """The form was sent: what is saved after that would come back as a draft of what is published."""


class DraftTooLong(Exception):
    """More than LONGEST characters."""


class DraftUnreadable(Exception):
    """There is one that can not be decrypted at the moment: it is not written over."""


class TooManyDrafts(Exception):
    """The person has MOST of them."""


def save_draft(sent: Sent, words: dict[str, str], *, session: str = "") -> int:
    """Keeps the words and answers with the new version; empty ones discard the draft, which is version 0.

    Raises DraftChanged, AlreadySent, DraftTooLong, TooManyDrafts and DraftUnreadable.
    """
    written = json.dumps(words, ensure_ascii=False)
    if len(written) > LONGEST:
        raise DraftTooLong
    has_words = any(word.strip() for word in words.values())
    version = _save(sent, written, session) if has_words else _empty(sent)
    _keep_pictures(sent, words)
    return version


def _keep_pictures(sent: Sent, words: dict[str, str]) -> None:
    """Pictures that are in no post yet go when their draft goes, not a day after they came."""
    if names := names_in(words.get("text", "")):
        own: Any = Draft.objects.filter(owner=sent.author).on(sent.purpose, sent.target)
        pictures = Upload.objects.in_no_post().filter(owner=sent.author, image__in=names)
        pictures.update(draft=Subquery(own.values("pk")[:1]))


def _save(sent: Sent, written: str, session: str) -> int:
    # Most savings follow one's own: a single statement, which no other can come between.
    if sent.draft_version and _save_next(sent, written, session):
        return sent.draft_version + 1
    return _save_slowly(sent, written, session)


# By hand: to build it out of Python costs several times what the database does for it, every few seconds
# for everybody who writes.
_SAVE_NEXT = """
    UPDATE forum_draft SET form = %s, session = %s, saved_at = %s, version = version + 1, wrapped_key = %s,
    sealed_words = %s WHERE owner_id = %s AND purpose = %s AND target = %s AND version = %s
"""


def _save_next(sent: Sent, written: str, session: str) -> bool:
    """Saves over the version that the form knows, if it is that one still."""
    key, text = _sealed(sent, written)
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    place = [sent.author.pk if sent.author else None, sent.purpose, sent.target, sent.draft_version]
    with connection.cursor() as cursor:
        cursor.execute(_SAVE_NEXT, [sent.digest, session, now, key, text, *place])
        return bool(cursor.rowcount)


def _sealed(sent: Sent, written: str) -> tuple[bytes, bytes]:
    """A key of its own each time: what is overwritten can not be read in a backup with the new one."""
    place = place_of(sent.author.pk if sent.author else None, sent.purpose, sent.target)
    return crypto.encrypt_anew(written, bound_to=place)


def _empty(sent: Sent) -> int:
    own: Any = Draft.objects.filter(owner=sent.author).on(sent.purpose, sent.target)
    if not own.filter(version=sent.draft_version).delete()[0] and (draft := own.first()):
        raise DraftChanged(draft)
    return 0


@transaction.atomic
def _save_slowly(sent: Sent, written: str, session: str) -> int:
    own: Any = Draft.objects.filter(owner=sent.author).on(sent.purpose, sent.target)
    draft: Draft | None = own.select_for_update().first()
    if draft is None:
        return _begin(sent, written, session)
    if not draft.is_legible:
        raise DraftUnreadable
    # The answer to one's own last saving may have been lost on the way.
    if not sent.digest or draft.form != sent.digest:
        raise DraftChanged(draft)
    draft.wrapped_key, draft.sealed_words = _sealed(sent, written)
    draft.version, draft.session, draft.saved_at = draft.version + 1, session, timezone.now()
    draft.save()
    return draft.version


def _begin(sent: Sent, written: str, session: str) -> int:
    if sent.digest and FormKey.objects.filter(digest=sent.digest).exists():
        raise AlreadySent
    if sent.draft_version:
        raise DraftChanged(None)
    if Draft.objects.filter(owner=sent.author).count() >= MOST:
        raise TooManyDrafts
    room = Conversation.objects.filter(pk=sent.target).first() if sent.purpose == Purpose.MESSAGE else None
    key, text = _sealed(sent, written)
    draft = Draft(
        owner=sent.author, purpose=sent.purpose, target=sent.target, conversation=room,
        wrapped_key=key, sealed_words=text, form=sent.digest, session=session,
    )  # fmt: skip
    try:
        with transaction.atomic():
            draft.save()
    except IntegrityError:
        raise DraftChanged(Draft.objects.filter(owner=sent.author).on(sent.purpose, sent.target).first()) from None
    return draft.version


def discard_draft(sent: Sent) -> None:
    """With what was attached to it."""
    own: Any = Draft.objects.filter(owner=sent.author).on(sent.purpose, sent.target)
    # By its row: what a form says of its target may be anything.
    draft = own.exclude(conversation=None).select_related("conversation").first()
    if draft:
        discard_waiting(conversation=draft.conversation, author=sent.author)
    own.delete()


# What somebody of the team begins in its name; a question of their own is theirs, also after they left.
_OF_THE_TEAM = (
    Purpose.ANSWER, Purpose.EDIT_ANSWER, Purpose.COMMENT, Purpose.COMMENT_ON_ANSWER, Purpose.EDIT_COMMENT,
    Purpose.FAQ, Purpose.EDIT_FAQ,
)  # fmt: skip


def discard_work(person: User) -> None:
    """Deletes what a member who leaves has begun for the team: as a customer they would send it in another name.

    In private rooms that is all but what they write in their own.
    """
    in_rooms = Q(purpose=Purpose.MESSAGE) & ~Q(conversation__customer=person)
    Draft.objects.filter(Q(purpose__in=_OF_THE_TEAM) | in_rooms, owner=person).delete()


def delete_old_drafts(now: datetime) -> None:
    """One of settings.RETENTION: what nobody went on with, and the keys of forms sent long ago."""
    Draft.objects.filter(saved_at__lte=now - timedelta(days=settings.DRAFT_DAYS)).delete()
    FormKey.objects.filter(created_at__lte=now - KEPT).delete()
