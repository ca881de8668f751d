"""Links to the team as they come by letter, and the ways in which they end."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from django.core import mail
from django.utils import timezone

from accounts.mail import deliver_due
from accounts.models import Invitation, User
from forum.actions.invitations import join_as_new, withdraw


def link_of(invitation: Invitation) -> str:
    invitation.refresh_from_db()
    return f"/account/invitation/{invitation.token}/"


def link_in_the_letter() -> str:
    mail.outbox = []
    deliver_due()
    letters = [letter for letter in mail.outbox if "nora@example.org" in letter.to]
    found = re.search(r"http://[^/]+(/account/invitation/\w+/)", str(letters[-1].body))
    assert found
    return found[1]


LOSSES: dict[str, dict[str, Any]] = {
    "demoted": {"role": "moderator"}, "locked": {"is_active": False}, "suspended": {"suspended_at": timezone.now()},
}  # fmt: skip


def settle(invitation: Invitation, how: str) -> None:
    olga = User.objects.get(nickname="olga")
    if how == "used":
        join_as_new(invitation=invitation, nickname="nils", password="another-horse-battery", language="en")
    elif how == "expired":
        Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    elif how == "withdrawn":
        withdraw(invitation=invitation, by=olga)
    else:
        User.objects.filter(pk=olga.pk).update(**LOSSES[how])
