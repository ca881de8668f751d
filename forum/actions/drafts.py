"""Save and discard what somebody is still writing. Nothing is overwritten that the writer has not seen."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
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
    # Nearly every saving follows one's own or is the first: a single statement, which no other can come between.
    save = _save_next if sent.draft_version else _save_first
    if save(sent, written, session):
        return sent.draft_version + 1
    return _save_over(sent, written, session)


# By hand: to build them out of Python costs several times what the database does for them, every few seconds
# for everybody who writes.
_SAVE_NEXT = """
    UPDATE forum_draft SET form = %s, session = %s, saved_at = %s, version = version + 1, wrapped_key = %s,
    sealed_words = %s WHERE owner_id = %s AND purpose = %s AND target = %s AND version = %s
"""
_SAVE_FIRST = """
    INSERT INTO forum_draft (form, session, saved_at, version, wrapped_key, sealed_words, owner_id, purpose, target,
    conversation_id) SELECT %s, %s, %s, 1, %s, %s, %s, %s, %s, (SELECT id FROM forum_conversation WHERE id = %s)
    WHERE NOT EXISTS (SELECT 1 FROM forum_formkey WHERE digest = %s)
    AND (SELECT COUNT(*) FROM forum_draft WHERE owner_id = %s) < %s
    ON CONFLICT (owner_id, purpose, target) DO NOTHING
"""


def _save_next(sent: Sent, written: str, session: str) -> bool:
    """Saves over the version that the form knows, if it is that one still."""
    return _is_written(_SAVE_NEXT, [*_columns(sent, written, session), sent.draft_version])


def _save_first(sent: Sent, written: str, session: str) -> bool:
    """Saves where there is no draft yet, the form was not sent and there is room for one more."""
    number: Any = Conversation._meta.get_field("id")
    room = number.get_db_prep_value(sent.target, connection) if sent.purpose == Purpose.MESSAGE else None
    owner = sent.author.pk if sent.author else None
    return _is_written(_SAVE_FIRST, [*_columns(sent, written, session), room, sent.digest, owner, MOST])


def _is_written(statement: str, values: list[Any]) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return bool(cursor.rowcount)


def _columns(sent: Sent, written: str, session: str) -> list[Any]:
    """What both statements begin with: what is kept, and for whom and where."""
    key, text = _sealed(sent, written)
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    owner = sent.author.pk if sent.author else None
    return [sent.digest, session, now, key, text, owner, sent.purpose, sent.target]


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
def _save_over(sent: Sent, written: str, session: str) -> int:
    """Saves over one's own last saving, whose answer may have been lost on the way; else says what is in the way."""
    own: Any = Draft.objects.filter(owner=sent.author).on(sent.purpose, sent.target)
    draft: Draft | None = own.select_for_update().first()
    if draft is None:
        raise _why_not_begun(sent)
    if not draft.is_legible:
        raise DraftUnreadable
    if not sent.digest or draft.form != sent.digest:
        raise DraftChanged(draft)
    draft.wrapped_key, draft.sealed_words = _sealed(sent, written)
    draft.version, draft.session, draft.saved_at = draft.version + 1, session, timezone.now()
    draft.save()
    return draft.version


def _why_not_begun(sent: Sent) -> Exception:
    if sent.digest and FormKey.objects.filter(digest=sent.digest).exists():
        return AlreadySent()
    is_full = not sent.draft_version and Draft.objects.filter(owner=sent.author).count() >= MOST
    return TooManyDrafts() if is_full else DraftChanged(None)


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
