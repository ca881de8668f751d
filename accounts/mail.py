"""Letters: written into the outbox with their cause, sent by the worker.

The only place that turns a person into an e-mail address.
"""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, make_msgid
from django.utils import timezone, translation
from django.utils.module_loading import import_string

from accounts.models import OutgoingMail, PingAddress, User
from accounts.writing import write_letter

logger = logging.getLogger(__name__)


def queue_mail(
    *, kind: str, recipient: User | None = None, address: str = "", language: str | None = None, **payload: Any
) -> OutgoingMail:
    """Writes a letter into the outbox; it leaves only if the surrounding transaction commits.

    `payload` holds identifiers, never text: what a reader may see is decided when the letter is sent.
    `language` is the reader's, empty for the company's. To a mere address it is by default that of the page, for
    there who asks for a letter gets it; of an account it never is: others have their page in another language, and
    the worker has none.
    """
    if language is None:
        language = recipient.language if recipient else (translation.get_language() or "")[:2]
    return OutgoingMail.objects.create(
        kind=kind,
        recipient=recipient,
        address=address,
        payload=payload,
        language=language,
        message_id=make_msgid(domain=urlsplit(settings.BASE_URL).hostname),
    )


def queue_ping(*, kind: str, to: PingAddress) -> OutgoingMail:
    """Like queue_mail, to an address that stands nowhere in clear: the outbox holds the key of its row only."""
    return queue_mail(kind=kind, language=to.language, ping=str(to.pk))


def deliver_due(now: datetime | None = None, limit: int = 50) -> int:
    """Sends what is due and returns how many letters left. Errors are noted at the letter and tried again."""
    due = OutgoingMail.objects.due(now or timezone.now()).order_by("due_at")[:limit]
    # The clock is read anew for each letter: a slow mail server may have taken minutes for those before it.
    return sum(_deliver(mail, now or timezone.now()) for mail in due)


def _deliver(mail: OutgoingMail, now: datetime) -> int:
    if not mail.claim(now):
        return 0
    mail.refresh_from_db()
    ping = PingAddress.objects.filter(pk=mail.payload["ping"]).first() if "ping" in mail.payload else None
    address = ping.address if ping else mail.address or (mail.recipient.email if mail.recipient else "")
    try:
        message = _message(mail, address, ping or mail.recipient or address)
        if message is None:
            mail.mark_dropped(now)
            return 0
        message.send()
    except Exception as error:  # whatever goes wrong with one letter must not keep the others
        logger.warning("Letter %s (%s) was not sent: %s", mail.pk, mail.kind, type(error).__name__)
        # Mail servers repeat the address in their answers; it is not kept a second time.
        mail.mark_failed_try(now, f"{type(error).__name__}: {error}".replace(address or "\n", "…"))
        return 0
    mail.mark_sent(now)
    if ping:
        ping.count_letter()
    return 1


def _message(mail: OutgoingMail, address: str, reader: User | PingAddress | str) -> EmailMultiAlternatives | None:
    """The letter as it is sent, or None when its reader may no longer read it."""
    if not address or (mail.recipient and not mail.recipient.is_active):
        return None
    speak = import_string(settings.MAIL_LANGUAGE)
    with translation.override(speak(mail.language)):
        build = import_string(settings.MAIL_BUILDERS[mail.kind])
        context = build(reader, mail.payload)
        if context is None:
            return None
        message = write_letter(mail.kind, {"recipient": mail.recipient, **context})
    message.to = [address]
    message.extra_headers["Message-ID"] = mail.message_id
    return message
