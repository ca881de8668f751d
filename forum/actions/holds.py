"""Keep a private conversation by law, and let it go again. The owner who does it reads nothing of it."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from accounts.models import User
from forum.actions.conversations import delete_conversation
from forum.models import Conversation, LegalHold


class NoSuchConversation(Exception):
    """There is none with this number."""


class HeldAlready(Exception):
    """Somebody holds it."""


class HoldEnded(Exception):
    """Somebody else was faster, or pressed the button twice."""


@transaction.atomic
def place_hold(*, number: UUID, by: User, reason: str) -> LegalHold:
    """From now on nothing deletes it. Raises NoSuchConversation and HeldAlready."""
    # Held, so that it is not deleted in this moment.
    conversation = Conversation.objects.select_for_update().filter(pk=number).first()
    if conversation is None:
        raise NoSuchConversation
    if LegalHold.objects.filter(conversation=conversation, ended_at=None).exists():
        raise HeldAlready
    hold = LegalHold(conversation=conversation, number=number)
    hold.give_reason(reason, by=by)
    hold.save()
    return hold


@transaction.atomic
def end_hold(*, hold: LegalHold, by: User, reason: str) -> None:
    """Lets the conversation go: at once where its deletion was asked for, else on its day. Raises HoldEnded."""
    hold = LegalHold.objects.select_for_update(of=("self",)).get(pk=hold.pk)
    if hold.ended_at:
        raise HoldEnded
    hold.end(reason, by=by)
    hold.save()
    if hold.is_deletion_due and hold.conversation:
        delete_conversation(conversation=hold.conversation)
