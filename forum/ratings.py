"""The address under which a customer says whether a conversation helped: signed, for this one purpose.

It holds the number of the conversation, which opens nothing by itself, and no word of it. It is void once it was
used, once the conversation is opened again, and when it is gone.
"""

from __future__ import annotations

from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from forum.models import Conversation


def _signer() -> Signer:
    return Signer(salt="forum.ratings", sep=".")


def rating_address(conversation: Conversation) -> str:
    return reverse("forum:conversation_rate", args=[_signer().sign(conversation.pk.hex)])


def conversation_behind(token: str) -> Conversation | None:
    """None when nobody of us signed it, or the conversation is gone."""
    try:
        number = UUID(_signer().unsign(token))
    except (BadSignature, ValueError):
        return None
    # Not behind the gate of the room: nothing of it is shown, and nobody need be signed in.
    return Conversation._default_manager.filter(pk=number).first()
