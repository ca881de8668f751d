"""Erase an account (GDPR, Article 17): at once for everybody who looks, then step by step everywhere.

The first transaction takes the account's name, address, password and face. What remains is work in small batches, each
a short transaction of its own, named in settings.ERASURE_STEPS: forum and moderation add theirs without being known
here. A step answers whether nothing is left for it, so it can be killed at any point and called again.
"""

from __future__ import annotations

import logging
import secrets
import time
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone, translation
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from accounts.digests import account_digest
from accounts.jobs import queue_job
from accounts.mail import queue_mail
from accounts.membership import was_in_team
from accounts.models import Erasure, FailedSignIn, FormerNickname, Job, OutgoingMail, StaffCard, User
from accounts.owners import lock_owners, refuse_last_owner
from accounts.tombstones import set_tombstone

logger = logging.getLogger(__name__)

# How long the request of the person who erases goes on itself: most accounts are done before the page is there.
IN_REQUEST = timedelta(seconds=1)
IN_WORKER = timedelta(seconds=2)
# Who waits for SQLite's only writer looks again every few hundredths of a second, and must find it free at times.
PAUSE = 0.02  # seconds
AN_HOUR = timedelta(hours=1)


def erase_account(
    *, user: User, keep_posts: bool, keep_name: bool = False, among: QuerySet[User] | None = None
) -> Erasure | None:
    """Erases the account; what takes longer than a moment is left to the worker. Raises LastOwner.

    None when there is no such account any more: somebody pressed twice, and the first press has done it. The same when
    it is not `among` these any more, which is asked again once its row is held.
    """
    try:
        erasure = begin_erasure(user=user, keep_posts=keep_posts, keep_name=keep_name, among=among)
    except User.DoesNotExist:
        return None
    # Due only: what is not is in somebody's hands, and two who do the same batches do one of them twice.
    job = Job.objects.due(timezone.now()).filter(kind="erasure", payload__erasure=erasure.pk).first()
    if job and job.claim(timezone.now()):
        try:
            done = go_on(erasure, IN_REQUEST)
        except Exception:  # the account is gone already; the worker tries the rest again and notes what is wrong
            logger.exception("Erasure %s is left to the worker", erasure.pk)
            done = False
        (job.mark_done if done else job.mark_going_on)(timezone.now())
    return erasure


@transaction.atomic
def begin_erasure(
    *,
    user: User,
    keep_posts: bool,
    keep_name: bool = False,
    farewell: bool = True,
    among: QuerySet[User] | None = None,
) -> Erasure:
    """Ends the account for everybody at once and queues the rest. A second call changes nothing.

    Raises LastOwner, and User.DoesNotExist when the account is gone or not `among` these any more.
    """
    # One after the other: two owners who leave in the same moment would each count on the other.
    # Owners first, as everywhere, so that nobody waits for who waits for them.
    lock_owners()
    user = User.objects.select_for_update().get(pk=user.pk)
    if among is not None:
        user = among.get(pk=user.pk)
    if user.erased_at:
        return user.erasure
    if user.is_owner:
        refuse_last_owner(user)
    label = former_member() if was_in_team(user) else ""
    erasure = Erasure.objects.create(
        account=user, nickname=user.nickname, address=user.email, account_digest=account_digest(user),
        keep_posts=keep_posts, keep_name=keep_name, label=label,
    )  # fmt: skip
    FormerNickname.keep(user.nickname, owner=None)
    OutgoingMail.objects.filter(Q(recipient=user) | Q(address__iexact=user.email)).delete()
    FailedSignIn.objects.into(user).delete()
    if farewell:
        queue_mail(kind="account_erased", address=user.email, language=user.language)
    _leave_team(user, erasure, letters=farewell)
    user.refresh_from_db()
    _strip(user)
    queue_job("erasure", erasure=erasure.pk)
    transaction.on_commit(partial(set_tombstone, erasure), robust=True)
    return erasure


def continue_erasure(payload: dict[str, Any]) -> bool:
    """One of settings.JOBS."""
    erasure = Erasure.objects.get(pk=payload["erasure"])
    return go_on(erasure, IN_WORKER, pause=PAUSE)


def resume_erasures(now: datetime) -> None:
    """One of settings.RETENTION: an erasure whose job was given up, while a disk was full, is begun again."""
    for erasure in Erasure.objects.filter(finished_at=None, started_at__lte=now - AN_HOUR):
        if not Job.objects.open().filter(kind="erasure", payload__erasure=erasure.pk).exists():
            queue_job("erasure", erasure=erasure.pk)


def go_on(erasure: Erasure, how_long: timedelta | None = None, *, pause: float = 0) -> bool:
    """Takes batch after batch until nothing is left or the time is up; answers whether nothing is left.

    `pause` is between two batches, in seconds.
    """
    until = time.monotonic() + how_long.total_seconds() if how_long else float("inf")
    set_tombstone(erasure)
    while erasure.finished_at is None:
        if time.monotonic() > until:
            return False
        _take_one_batch(erasure)
        time.sleep(pause)
    return True


def _take_one_batch(erasure: Erasure) -> None:
    number = erasure.progress.get("step", 0)
    if number == len(settings.ERASURE_STEPS):
        with transaction.atomic():
            erasure.finish()
    elif import_string(settings.ERASURE_STEPS[number])(erasure):
        erasure.note(step=number + 1, at="")


def former_member() -> str:
    """What stands in the place of the name of somebody who was of the team, in the company's language."""
    with translation.override(import_string(settings.MAIL_LANGUAGE)("")):
        return _("Former member of the team")


def _leave_team(user: User, erasure: Erasure, *, letters: bool) -> None:
    if user.is_staff:
        for path in settings.ERASURE_LEAVES:
            import_string(path)(person=user, letters=letters)
    card = StaffCard.objects.filter(user=user).first()
    if card is None:
        return
    # The file itself goes with the first step: no row leads to it any more, and a step is taken again after a crash.
    erasure.progress = {"portrait": card.portrait.name}
    erasure.save(update_fields=["progress"])
    card.user, card.portrait, card.left_at = None, "", card.left_at or timezone.now()
    card.about = card.languages = card.answer_days = ""
    if not erasure.keep_name:
        card.name, card.sign_off, card.slug = erasure.label, "", f"former-{secrets.token_hex(6)}"
    card.save()


def _strip(user: User) -> None:
    """Nothing of the row says who it was, and no session of it lives on: each asks for an active account."""
    token = secrets.token_hex(6)
    user.nickname, user.email = f"erased-{token}", f"{token}@erased.invalid"
    user.role = user.language = ""
    user.is_active, user.last_login, user.erased_at = False, None, timezone.now()
    user.set_unusable_password()
    user.save()
    user.emailaddress_set.all().delete()  # type: ignore[attr-defined]
