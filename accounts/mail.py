"""Letters: written into the outbox with their cause, rendered and sent by the worker.

The only place that turns a person into an e-mail address.
"""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, make_msgid
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.module_loading import import_string

from accounts.models import OutgoingMail, User

logger = logging.getLogger(__name__)


def queue_mail(*, kind: str, recipient: User | None = None, address: str = "", **payload: Any) -> OutgoingMail:
    """Writes a letter into the outbox; it leaves only if the surrounding transaction commits.

    `payload` holds identifiers, never text: what a reader may see is decided when the letter is sent.
    """
    return OutgoingMail.objects.create(
        kind=kind,
        recipient=recipient,
        address=address,
        payload=payload,
        language=(recipient.language if recipient else "") or (translation.get_language() or "")[:2],
        message_id=make_msgid(domain=settings.BASE_URL.split("//")[-1].split(":")[0]),
    )


def deliver_due(now: datetime | None = None, limit: int = 50) -> int:
    """Sends what is due and returns how many letters left. Errors are noted at the letter and tried again."""
    now = now or timezone.now()
    return sum(_deliver(mail, now) for mail in OutgoingMail.objects.due(now).order_by("due_at")[:limit])


def _deliver(mail: OutgoingMail, now: datetime) -> int:
    if not mail.claim(now):
        return 0
    mail.refresh_from_db()
    try:
        message = _message(mail)
        if message is None:
            mail.mark_dropped(now)
            return 0
        message.send()
    except Exception as error:  # whatever goes wrong with one letter must not keep the others
        logger.warning("Letter %s (%s) was not sent: %s", mail.pk, mail.kind, type(error).__name__)
        mail.mark_failed_try(now, f"{type(error).__name__}: {error}")
        return 0
    mail.mark_sent(now)
    return 1


def _message(mail: OutgoingMail) -> EmailMultiAlternatives | None:
    """The letter as it is sent, or None when its reader may no longer read it."""
    address = mail.recipient.email if mail.recipient else mail.address
    if not address or (mail.recipient and not mail.recipient.is_active):
        return None
    speak = import_string(settings.MAIL_LANGUAGE)
    with translation.override(speak(mail.language)):
        build = import_string(settings.MAIL_BUILDERS[mail.kind])
        context = build(mail.recipient or mail.address, mail.payload)
        if context is None:
            return None
        return _render(mail, address, context)


def _render(mail: OutgoingMail, address: str, context: dict[str, Any]) -> EmailMultiAlternatives:
    context = {"site_url": settings.BASE_URL, "recipient": mail.recipient, **context}
    parts = [render_to_string(f"emails/{mail.kind}-{part}", context) for part in ("subject.txt", "body.txt", "body.html")]
    message = EmailMultiAlternatives(
        subject=" ".join(parts[0].split()),
        body=parts[1].strip() + "\n",
        to=[address],
        headers={"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(parts[2], "text/html")
    return message
