"""Write in private without an account: open, ping, leave, and take over into an account."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from accounts.models import PingAddress, User
from accounts.models.ping_address import KEPT
from forum.actions.conversations import open_conversation
from forum.models import Attachment, Conversation, HealthConsent, Message, PublicConsent, Question, Receipt, Topic


@sensitive_variables()
@transaction.atomic
def open_by_receipt(
    *,
    code: str,
    topic: Topic,
    subject: str,
    text: str,
    origin_question: Question | None = None,
    health_consent: bool = False,
    email: str = "",
    language: str = "",
) -> Receipt:
    """Starts a room for whoever knows the code. Raises ConsentMissing like open_conversation.

    The code is kept as a hash only; the address, if there is one, in a table of its own.
    """
    conversation = open_conversation(
        customer=None,
        topic=topic,
        subject=subject,
        text=text,
        origin_question=origin_question,
        health_consent=health_consent,
    )
    receipt = Receipt(conversation=conversation)
    receipt.keep(code)
    receipt.ping = PingAddress.keep(email, language) if email else None
    receipt.save()
    return receipt


@transaction.atomic
def set_ping(*, conversation: Conversation, email: str, language: str = "") -> None:
    """Writes to this address from now on when there is an answer; to none for an empty one.

    Nothing happens in a conversation that is closed: no address is kept beyond that.
    """
    room = Conversation.objects.select_for_update(no_key=True).get(pk=conversation.pk)
    receipt = Receipt.objects.filter(conversation=room).select_related("ping").first()
    if receipt is None:
        return
    forget_ping(receipt)
    if email and not room.is_closed:
        receipt.ping = PingAddress.keep(email, language)
        receipt.save(update_fields=["ping"])


def forget_ping(receipt: Receipt) -> None:
    """Deletes the address, with its key."""
    if receipt.ping:
        receipt.ping.delete()
        receipt.ping = None


@transaction.atomic
def attach(*, receipt: Receipt, user: User) -> Conversation:
    """Makes the room this account's own; the code, the address and every cookie of it end.

    Both proofs are the caller's business: that somebody is signed in, and that they know the code.
    """
    conversation = Conversation.objects.select_for_update(no_key=True).get(pk=receipt.conversation_id)
    conversation.customer, conversation.customer_name = user, user.nickname
    conversation.save(update_fields=["customer", "customer_name"])
    own = Message.objects.filter(conversation=conversation, author=None, posted_as_name="")
    own.update(author=user, author_name=user.nickname)
    HealthConsent.objects.filter(conversation=conversation, user=None).update(user=user)
    # So that it can be taken back also when the room is gone.
    PublicConsent.objects.filter(conversation=conversation, user=None).update(user=user, user_name=user.nickname)
    Attachment.objects.waiting(conversation, None).update(author=user)
    forget_ping(receipt)
    receipt.delete()
    return conversation


def delete_ping_addresses(now: datetime) -> None:
    """One of settings.RETENTION: those whose conversation is gone or closed, and old ones."""
    PingAddress.objects.filter(receipt=None).delete()
    PingAddress.objects.exclude(receipt__conversation__closed_at=None).delete()
    PingAddress.objects.filter(created_at__lte=now - KEPT).delete()
