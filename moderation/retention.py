"""What moderation keeps for a time only (settings.RETENTION): the people in notices, decisions and the log."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings

from moderation.models import Decision, Disclosure, LogEntry, Notice


def forget_reporters(now: datetime) -> None:
    """Name and address of who reported without an account, some time after the decision."""
    limit = now - timedelta(days=settings.REPORTER_DAYS)
    decided = Notice.objects.filter(decision__decided_at__lte=limit).exclude(reporter_name="", reporter_email="")
    Notice.objects.filter(pk__in=decided.values("pk")).update(reporter_name="", reporter_email="")
    # With them what they have shown of a private conversation.
    Disclosure.objects.filter(notice__decision__decided_at__lte=limit).delete()


def forget_names(now: datetime) -> None:
    """Who decided. The line in the public log stays, with verb, rule and reason."""
    limit = now - timedelta(days=settings.LOG_NAME_DAYS)
    named = Decision.objects.filter(decided_at__lte=limit).exclude(decided_by=None, decided_by_name="")
    named.update(decided_by=None, decided_by_name="")
    lines = LogEntry.objects.filter(created_at__lte=limit).exclude(actor=None, actor_name="")
    lines.update(actor=None, actor_name="")
