"""What the forum keeps for a time only (settings.RETENTION); closed conversations are deleted by their own action."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings

from forum.models import AccessLog


def delete_openings(now: datetime) -> None:
    """Who of the staff opened a conversation."""
    AccessLog.objects.filter(read_at__lte=now - timedelta(days=settings.LOG_NAME_DAYS)).delete()
