"""What must not be kept for ever: the worker deletes it on its day.

How long each is kept stands in settings, in days; docs/privacy.md says what for.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from pathlib import Path

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string

from accounts.erasure import erase_account
from accounts.holdings import holdings
from accounts.mail import queue_mail
from accounts.models import DataExport, FailedSignIn, Job, OutgoingMail, RoleChange, StaffCard, User

logger = logging.getLogger(__name__)

# An hour's look takes at most so many; the next one goes on.
BATCH = 500
# What stands for a network address that is not kept any longer, where the column must have one.
FORGOTTEN = "0.0.0.0"  # noqa: S104  (nothing listens there)


def delete_what_is_over() -> None:
    """Asks each function of settings.RETENTION; what goes wrong with one keeps neither the others nor the letters."""
    for path in settings.RETENTION:
        try:
            import_string(path)(timezone.now())
        except Exception:  # whatever it was, the next look is in an hour
            logger.exception("%s failed", path)


def delete_sessions(now: datetime) -> None:
    """What is over, and what its owner was shown about each: network, browser and times."""
    Session.objects.filter(expire_date__lte=now).delete()
    UserSession.objects.exclude(Exists(Session.objects.filter(session_key=OuterRef("session_key")))).delete()


def delete_failed_sign_ins(now: datetime) -> None:
    FailedSignIn.objects.filter(at__lte=now - timedelta(days=settings.FAILED_SIGN_IN_DAYS)).delete()


def delete_counts(now: datetime) -> None:
    """What counted for limits and is over, under keys made from network addresses; in Redis it goes by itself."""
    table = getattr(cache, "_table", "")
    if table:
        name = connection.ops.quote_name(table)
        with connection.cursor() as cursor:
            # `expires` is kept without fractions and time zone, in UTC (django.core.cache.backends.db).
            cursor.execute(
                f"DELETE FROM {name} WHERE expires < %s",  # noqa: S608  (the table's name is the operator's)
                [connection.ops.adapt_datetimefield_value(now.replace(microsecond=0))],
            )


def delete_mail_log(now: datetime) -> None:
    """Letters that are settled, and jobs that are done."""
    limit = now - timedelta(days=settings.MAIL_LOG_DAYS)
    settled = Q(sent_at__lte=limit) | Q(dropped_at__lte=limit) | Q(failed_at__lte=limit)
    OutgoingMail.objects.filter(settled).delete()
    Job.objects.filter(Q(done_at__lte=limit) | Q(failed_at__lte=limit)).delete()


def delete_exports(now: datetime) -> None:
    """The files; that there was a copy is remembered as long as letters are.

    Also those that no row leads to: of a worker killed while it wrote, or of a row that went before its file.
    """
    # Looked at before the rows are: what comes in between has a row already.
    lying_about = list(Path(settings.EXPORTS_DIR).glob("*.*"))
    for export in DataExport.objects.over(now):
        export.delete_file(now)
    known = set(DataExport.objects.with_files().values_list("public_id", flat=True))
    for file in lying_about:
        if file.suffix in (".zip", ".part") and file.stem not in known:
            file.unlink(missing_ok=True)
    DataExport.objects.filter(deleted_at__lte=now - timedelta(days=settings.MAIL_LOG_DAYS)).delete()


def delete_unverified_accounts(now: datetime) -> None:
    """Sign-ups whose address nobody confirmed: nobody can have signed in, so nothing hangs on them."""
    addresses = User.emailaddress_set.rel.related_model.objects.filter(user=OuterRef("pk"))  # type: ignore[attr-defined]
    late = User.objects.filter(
        Exists(addresses), ~Exists(addresses.filter(verified=True)), role="", last_login=None, erased_at=None,
        date_joined__lte=now - timedelta(days=settings.UNVERIFIED_ACCOUNT_DAYS),
    )  # fmt: skip
    late.delete()


def tell_inactive_accounts(now: datetime) -> None:
    """A letter before the end, so that nobody loses an account by surprise."""
    notice = timedelta(days=settings.INACTIVE_NOTICE_DAYS)
    asleep = _asleep(now - timedelta(days=settings.INACTIVE_ACCOUNT_DAYS) + notice)
    # Who came back after a letter and left again is told again.
    for user in asleep.filter(Q(told_inactive_at=None) | Q(last_login__gt=F("told_inactive_at")))[:BATCH]:
        with transaction.atomic():
            User.objects.filter(pk=user.pk).update(told_inactive_at=now)
            queue_mail(kind="account_inactive", recipient=user)


def erase_inactive_accounts(now: datetime) -> None:
    """Those that were told in time and did not come back; what they wrote stays, without their name."""
    told = now - timedelta(days=settings.INACTIVE_NOTICE_DAYS)
    asleep = _asleep(now - timedelta(days=settings.INACTIVE_ACCOUNT_DAYS)).filter(told_inactive_at__lte=told)
    asleep = asleep.exclude(last_login__gt=F("told_inactive_at"))
    for user in asleep.order_by("pk")[:BATCH]:
        # So many take a while, and in that somebody may wake up.
        erase_account(user=user, keep_posts=True, among=asleep)


def _asleep(since: datetime) -> QuerySet[User]:
    """Customers who could have signed in and did not. Staff accounts are the company's to end."""
    quiet = Q(last_login__lte=since) | Q(last_login=None, date_joined__lte=since)
    return User.objects.filter(quiet, is_active=True, role="")


def forget_addresses(now: datetime) -> None:
    """Network addresses that some table keeps."""
    limit = now - timedelta(days=settings.ADDRESS_DAYS)
    for holding in holdings():
        for address, seen_at in holding.addresses:
            holding.objects.filter(**{f"{seen_at}__lte": limit}).update(**{address: FORGOTTEN})


def delete_settings_log(now: datetime) -> None:
    """What the settings pages remember of changes and of who made them."""
    LogEntry.objects.filter(action_time__lte=now - timedelta(days=settings.LOG_NAME_DAYS)).delete()


def delete_role_changes(now: datetime) -> None:
    """The log of the team. Who left it without a card is known by it alone to have spoken for the company: that stays.

    accounts.membership asks for it when the account is erased; then the line is nobody's and goes as well.
    """
    old = RoleChange.objects.filter(at__lte=now - timedelta(days=settings.ROLE_LOG_DAYS))
    has_card = Exists(StaffCard.objects.filter(user=OuterRef("person")))
    old.filter(Q(person=None) | ~Q(person__role="") | Q(has_card)).delete()
