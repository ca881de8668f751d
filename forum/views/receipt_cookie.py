"""The way into a room without an account: a signed cookie of this browser session, which ends after half an hour.

It names the row of the receipt, never its code. The code itself is typed each time, and kept by nobody.
"""

from __future__ import annotations

import time
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from forum.models import Conversation, Receipt
from forum.receipt_holder import ReceiptHolder
from forum.views.rescue import hand_back

IDLE = 30 * 60  # seconds
WHOLE = 12 * 3600  # seconds, however busy somebody is
_SALT = "forum.receipt"


def let_in(response: HttpResponse, receipt: Receipt) -> None:
    """From now on this browser is in the room, until it is closed, left or idle."""
    _set(response, [receipt.pk, receipt.door, int(time.time())])


def stay(response: HttpResponse, holder: ReceiptHolder) -> None:
    """Half an hour more, counted from now."""
    _set(response, holder.ticket)


def show_out(response: HttpResponse) -> None:
    response.delete_cookie(settings.RECEIPT_COOKIE_NAME, path="/", samesite="Strict")


def holder_in(request: HttpRequest, uuid: UUID) -> ReceiptHolder | None:
    """Who this browser is in this room; None without a cookie that opens it, or when one's own account does."""
    ticket = _ticket(request)
    receipt = Receipt.objects.behind(ticket[0], ticket[1]).filter(conversation=uuid).first() if ticket else None
    if receipt is None or ticket is None:
        return None
    if request.user.is_authenticated and Conversation.objects.visible_to(request.user).filter(pk=uuid).exists():
        return None
    return ReceiptHolder(receipt.pk, uuid, ticket)


def receipt_of(request: HttpRequest) -> Receipt | None:
    """The receipt whose room this browser is in, wherever on the site it is."""
    ticket = _ticket(request)
    return Receipt.objects.behind(ticket[0], ticket[1]).first() if ticket else None


def was_here(request: HttpRequest) -> bool:
    """Whether a visitor has a cookie that opens nothing any more, or something else."""
    return settings.RECEIPT_COOKIE_NAME in request.COOKIES and not request.user.is_authenticated


def expired(request: HttpRequest) -> HttpResponse:
    """The same for every room there is or is not: the code, please."""
    said = _("You were away for a while, so the room was locked. Please enter your code again.")
    if request.method == "POST":
        return hand_back(request, said, status=401, by_code=True)
    messages.info(request, said)
    return redirect("forum:receipt")


def _ticket(request: HttpRequest) -> list[Any] | None:
    """What stands in the cookie, if we have signed it and it is not over."""
    signer = signing.TimestampSigner(salt=_SALT)
    try:
        ticket = signer.unsign_object(request.COOKIES.get(settings.RECEIPT_COOKIE_NAME, ""), max_age=IDLE)
    except signing.BadSignature:
        return None
    return ticket if time.time() - ticket[2] < WHOLE else None


def _set(response: HttpResponse, ticket: list[Any]) -> None:
    response.set_cookie(
        settings.RECEIPT_COOKIE_NAME,
        signing.TimestampSigner(salt=_SALT).sign_object(ticket),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        # No other site leads anybody into the room, not even by a link.
        samesite="Strict",
        path="/",
    )
