"""Keep what the team says again and again. Colleagues change the same reply: nobody overwrites another unseen."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from forum.actions.revisions import Overtaken, digest_of
from forum.models import SavedReply


@transaction.atomic
def save_reply(*, reply: SavedReply, by: User, version: str = "") -> None:
    """Saves a new or changed reply. What becomes one person's own again is that of whoever says so.

    Raises Overtaken when it is no longer of the `version` its editor began from, and says something else.
    """
    stored = SavedReply.objects.select_for_update(no_key=True).filter(pk=reply.pk).first()
    if stored and version not in ("", version_of_reply(stored)) and version_of_reply(stored) != version_of_reply(reply):
        raise Overtaken
    if reply.pk is None or not reply.is_shared:
        reply.sign(by)
    reply.edited_at = timezone.now()
    reply.save()


def version_of_reply(reply: SavedReply) -> str:
    """By what a form knows again whether it still says what it said."""
    return digest_of(reply.title, reply.text, reply.is_shared)
