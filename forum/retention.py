"""What the forum keeps for a time only (settings.RETENTION); closed conversations are deleted by their own action."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings

from forum.models import (
    Acceptance,
    AccessLog,
    Answer,
    Comment,
    FaqEntry,
    FaqFeedback,
    LegalHold,
    PublicConsent,
    Question,
    Repetition,
)


def delete_openings(now: datetime) -> None:
    """Who of the staff opened a conversation."""
    AccessLog.objects.filter(read_at__lte=now - timedelta(days=settings.LOG_NAME_DAYS)).delete()


def delete_holds(now: datetime) -> None:
    """The log of what was kept by law, some time after it ended."""
    LegalHold.objects.filter(ended_at__lte=now - timedelta(days=settings.LOG_NAME_DAYS)).delete()


def forget_feedback(now: datetime) -> None:
    """What readers wrote about FAQ entries, who may have named somebody. Whether it helped stays, and is nobody's."""
    FaqFeedback.objects.filter(created_at__lte=now - timedelta(days=settings.LOG_NAME_DAYS)).update(text="")


def forget_names(now: datetime) -> None:
    """Who took something off a page, or took an acceptance, a consent or a mark back. When and why stays."""
    limit = now - timedelta(days=settings.LOG_NAME_DAYS)
    for model in (Question, Answer, Comment, FaqEntry):
        hidden = model._base_manager.filter(hidden_at__lte=limit).exclude(hidden_by=None, hidden_by_name="")
        hidden.update(hidden_by=None, hidden_by_name="")
    for model in (Question, Answer, Comment):
        redacted = model._base_manager.filter(redacted_at__lte=limit).exclude(redacted_by=None, redacted_by_name="")
        redacted.update(redacted_by=None, redacted_by_name="")
    ended = PublicConsent.objects.filter(withdrawn_at__lte=limit).exclude(user=None, user_name="")
    ended.update(user=None, user_name="")
    undone = Acceptance.objects.filter(undone_at__lte=limit).exclude(undone_by=None, undone_by_name="")
    undone.update(undone_by=None, undone_by_name="")
    apart = Repetition.objects.filter(undone_at__lte=limit).exclude(undone_by=None, undone_by_name="")
    apart.update(undone_by=None, undone_by_name="")
