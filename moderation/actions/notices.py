"""Take in a report."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import get_language

from accounts.mail import queue_mail
from accounts.models import User
from moderation.models import Notice
from moderation.targets import Target, address_of, lock


@transaction.atomic
def report(*, target: Target, reporter: User | None, name: str = "", email: str = "", rule: str, reason: str) -> Notice:
    """Keeps the notice and confirms its receipt (Regulation (EU) 2022/2065, Article 16(4)).

    The same notice sent twice, while it is open, is one.
    """
    kind, target_id = address_of(target)
    # Two presses of one button arrive together: the second waits here and then finds the first.
    lock(kind, target_id)
    said = {"reporter": reporter, "reporter_name": name, "reporter_email": email, "rule": rule, "reason": reason}
    known = Notice.objects.open().about(kind, target_id).filter(**said).first()
    if known:
        return known
    about: dict[str, Any] = {"target_kind": kind, "target_id": target_id, "target_author": target.author}
    notice = Notice.objects.create(**about, language=(get_language() or "")[:2], **said)
    if reporter or email:
        queue_mail(kind="notice_received", recipient=reporter, address=email, notice=notice.pk)
    return notice
