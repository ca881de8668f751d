"""The staff confirm that somebody is a customer; the order number that proves it is not kept."""

from __future__ import annotations

import unicodedata

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.digests import keyed_digest, known_digests
from accounts.models import User, Verification

_ORDER = "order number"


class OrderVouchesAlready(Exception):
    """This order number has vouched for another account, or this account is verified already."""


def tidy_order_number(typed: str) -> str:
    """Letters and digits only: r 2026/118 and R-2026-118 are the same order."""
    return "".join(char for char in unicodedata.normalize("NFKC", typed).casefold() if char.isalnum())


def order_vouches(order_number: str) -> bool:
    """Whether it stands for an account already."""
    digests = known_digests(_ORDER, tidy_order_number(order_number))
    return Verification.objects.current().filter(order_digest__in=digests).exists()


@transaction.atomic
def verify_customer(*, user: User, order_number: str, by: User) -> None:
    """Notes who looked it up and when. Raises OrderVouchesAlready; the database lets nobody slip in between."""
    if order_vouches(order_number):
        raise OrderVouchesAlready
    now, digest = timezone.now(), keyed_digest(_ORDER, tidy_order_number(order_number))
    try:
        with transaction.atomic():
            Verification.objects.create(
                user=user, order_digest=digest, verified_by=by, verified_by_name=by.public_name, verified_at=now
            )
    except IntegrityError as error:
        raise OrderVouchesAlready from error
    user.verified_at = now
    user.save(update_fields=["verified_at"])


@transaction.atomic
def undo_verification(*, user: User, by: User) -> None:
    """It was a mistake: the tick goes at once, and the order number may vouch for somebody else. Twice is once."""
    Verification.objects.current().filter(user=user).update(
        undone_at=timezone.now(), undone_by=by, undone_by_name=by.public_name
    )
    user.verified_at = None
    user.save(update_fields=["verified_at"])
