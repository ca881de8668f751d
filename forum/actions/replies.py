"""Keep what the team says again and again, and what only the team reads.

Colleagues change the same reply: nobody overwrites another unseen.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from forum.actions.revisions import Overtaken, digest_of
from forum.actions.sending import Sent, send_once
from forum.models import InternalNote, Question, SavedReply


@transaction.atomic
def note_on(*, question: Question, by: User, text: str, sent: Sent | None = None) -> InternalNote:
    """A note of the team, or the one that the same form made before."""

    def write() -> InternalNote:
        note = InternalNote(question=question)
        note.write(text, by=by)
        note.save()
        return note

    return send_once(sent, InternalNote, write)


@transaction.atomic
def save_reply(*, reply: SavedReply, by: User, version: str = "", sent: Sent | None = None) -> SavedReply:
    """The new or changed reply, or what the same form made before.

    What becomes one person's own again is that of whoever says so. Raises Overtaken when it is no longer of the
    `version` its editor began from, and says something else.
    """
    return send_once(sent, SavedReply, lambda: _save(reply, by, version))


def _save(reply: SavedReply, by: User, version: str) -> SavedReply:
    stored = SavedReply.objects.select_for_update(no_key=True).filter(pk=reply.pk).first()
    if stored and version not in ("", version_of_reply(stored)) and version_of_reply(stored) != version_of_reply(reply):
        raise Overtaken
    if reply.pk is None or not reply.is_shared:
        reply.sign(by)
    reply.edited_at = timezone.now()
    reply.save()
    return reply


def version_of_reply(reply: SavedReply) -> str:
    """By what a form knows again whether it still says what it said."""
    return digest_of(reply.title, reply.text, reply.is_shared)
