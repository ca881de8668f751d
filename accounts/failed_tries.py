"""Failed tries to sign in: noted where they fail, and counted for the owner of the account."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from accounts.limits import folded, network_of, tried_account
from accounts.models import FailedSignIn, User
from accounts.models.failed_sign_in import KEPT_A_DAY

# In the session: when its owner had signed in before.
_BEFORE = "signed_in_before"


class Tries(NamedTuple):
    number: int
    # How many of them from the network that its owner uses now: mostly the owner's own.
    here: int
    last_at: datetime | None
    # Since the sign-in before this one; None when what is counted goes back no further than it is kept.
    since: datetime | None
    days: int
    # So many are kept of one day, however many there were.
    most: int


def note_failed_try(request: HttpRequest, name: str, account: User | None = None) -> None:
    """What was refused for being too often is none: no password was looked at."""
    account = account or tried_account(request, name.strip())
    FailedSignIn.note(account=account, name=folded(name), network=network_of(request))


def remember_sign_in_before(request: HttpRequest, before: datetime | None) -> None:
    """Part of signing in, before which `last_login` was this."""
    request.session[_BEFORE] = before.isoformat() if before else ""


def failed_tries(request: HttpRequest, user: User) -> Tries:
    kept_since = timezone.now() - timedelta(days=settings.FAILED_SIGN_IN_DAYS)
    before = _sign_in_before(request)
    since = before if before and before > kept_since else None
    tries = FailedSignIn.objects.into(user).filter(at__gt=since or kept_since)
    last = tries.order_by("-at").first()
    return Tries(
        number=tries.count(),
        here=tries.from_network(network_of(request)).count(),
        last_at=last.at if last else None,
        since=since,
        days=settings.FAILED_SIGN_IN_DAYS,
        most=KEPT_A_DAY,
    )


def _sign_in_before(request: HttpRequest) -> datetime | None:
    said = request.session.get(_BEFORE, "")
    return datetime.fromisoformat(said) if said else None
