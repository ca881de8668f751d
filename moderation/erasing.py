"""Moderation's step of an erasure (settings.ERASURE_STEPS)."""

from __future__ import annotations

from accounts.models import Erasure
from moderation.models import Notice


def erase_reporter(erasure: Erasure) -> bool:
    """Notices sent signed out but with the same address: they stay, without the person (as those sent signed in)."""
    Notice.objects.filter(reporter_email__iexact=erasure.address).update(reporter_name="", reporter_email="")
    return True
