"""Report one message of a private conversation, and decide about it. Nobody but its parties ever sees another one."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.mail import queue_mail
from accounts.models import User
from forum.models import Message
from moderation.actions.decisions import check_open
from moderation.actions.records import party_or_aside, record, tell_author
from moderation.models import Decision, Disclosure, Notice, TargetKind, Verb


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


@transaction.atomic
def remove_message(*, notice: Notice, by: User, rule: str, reason: str) -> Decision:
    """Takes the message off its page, for both sides, and settles every open notice about it.

    Raises AlreadyDecided when this notice has its decision, and TooClose.
    """
    about = (notice.target_kind, notice.target_id)
    message = Message._default_manager.select_for_update(no_key=True).filter(pk=notice.target_id).first()
    check_open(notice)
    waiting = list(Notice.objects.open().about(*about))
    party = party_or_aside(by, notice.target_author, waiting)
    decision = Decision(verb=Verb.HIDE, rule=rule, reason=reason, target_author=notice.target_author)
    if message and message.hidden_at is None:
        message.hidden_at, message.hidden_rule = timezone.now(), rule
        message.save(update_fields=["hidden_at", "hidden_rule"])
    record(decision, about, by=by, party=party, notices=waiting)
    tell_author("post_hidden", decision)
    return decision
