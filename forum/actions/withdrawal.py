"""Taking a consent back is as easy as giving it (GDPR, Article 7(3)), and the words it was given for go."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from forum.actions.conversations import close_conversation
from forum.actions.going_public import drop_offer
from forum.actions.outcomes import drop_proposal
from forum.models import Conversation, LegalHold
from forum.receipt_holder import Party


@transaction.atomic
def withdraw_consent(*, conversation: Conversation, by: Party) -> None:
    """Takes back every consent there is: closes the conversation, and the worker deletes it in its next round.

    From this instant on nobody but the customer can open it, and nobody opens it again. What we had asked to let us
    publish of it is dropped; what was published stays, with a consent of its own that is taken back by itself. What the
    law wants kept (GDPR, Article 17(3)) goes when that ends. A second click changes nothing.
    """
    now = timezone.now()
    if not conversation.health_consents.standing().update(withdrawn_at=now):
        return
    close_conversation(conversation=conversation, by=by)
    Conversation.objects.filter(pk=conversation.pk).update(delete_after=now)
    LegalHold.objects.filter(conversation=conversation, ended_at=None).update(is_deletion_due=True)
    drop_offer(conversation=conversation)
    drop_proposal(conversation=conversation)
