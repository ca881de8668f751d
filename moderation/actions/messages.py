"""Report one message of a private conversation: moderators get a copy of it, and nothing around it."""

from __future__ import annotations

from django.db import transaction

from accounts.mail import queue_mail
from accounts.models import User
from forum.models import Message
from moderation.models import Disclosure, Notice, TargetKind


@transaction.atomic
def report_message(*, message: Message, reporter: User | None, rule: str, reason: str) -> Notice:
    """Keeps the notice and a sealed copy of the message, and confirms it (Regulation (EU) 2022/2065, Article 16(4)).

    The same notice sent twice, while it is open, is one. Raises forum.crypto.CannotDecrypt: what can not be read can
    not be shown to anybody.
    """
    address = (TargetKind.MESSAGE, str(message.pk))
    # Two presses of one button arrive together: the second waits here and then finds the first.
    Message._default_manager.select_for_update(no_key=True).get(pk=message.pk)
    said = {"reporter": reporter, "rule": rule, "reason": reason}
    if known := Notice.objects.open().about(*address).filter(**said).first():
        return known
    notice = Notice.objects.create(target_kind=address[0], target_id=address[1], target_author=message.author, **said)
    shown = Disclosure(notice=notice, is_by_staff=message.is_by_staff, written_at=message.created_at)
    shown.text = message.text
    shown.save()
    if reporter:
        queue_mail(kind="notice_received", recipient=reporter, notice=notice.pk)
    return notice
