"""The copy of everything the site holds of a person: asked for by that person, made by the worker."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.module_loading import import_string

from accounts.archive import write_archive
from accounts.jobs import queue_job
from accounts.mail import queue_mail
from accounts.models import DataExport, User

logger = logging.getLogger(__name__)

# A copy costs the machine something, and what changes in a day can be seen on the site.
BETWEEN_TWO = timedelta(days=1)


class TooSoon(Exception):
    """There is one in the making, or one was made a moment ago."""


@transaction.atomic
def request_export(*, user: User) -> DataExport:
    """Queues a copy. Raises TooSoon while one is being made, and for a day after one was asked for."""
    # Two presses of one button arrive together: the second waits here and then finds the first.
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if next_export_at(user):
        raise TooSoon
    export = DataExport(user=user)
    export.save()
    export.job = queue_job("export", export=export.pk)
    export.save(update_fields=["job"])
    return export


def last_export(user: User) -> DataExport | None:
    return DataExport.objects.filter(user=user).select_related("job").order_by("-pk").first()


def next_export_at(user: User) -> datetime | None:
    """From when a copy may be asked for; None when it may be at once. What failed does not count."""
    last = last_export(user)
    if last is None or last.state == "failed":
        return None
    free_at = last.requested_at + BETWEEN_TWO
    return free_at if last.state == "making" or free_at > timezone.now() else None


def make_export(payload: dict[str, Any]) -> bool:
    """One of settings.JOBS: writes the file, then says so by mail."""
    export = DataExport.objects.select_related("user").filter(pk=payload["export"], ready_at=None).first()
    if export is None or not export.user.is_active:
        return True
    folder = export.path.parent
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    speak = import_string(settings.MAIL_LANGUAGE)
    with translation.override(speak(export.user.language)):
        write_archive(export.unfinished, export.user)
    export.unfinished.chmod(0o600)
    _hand_over(export)
    return True


def tell_of_failure(payload: dict[str, Any]) -> None:
    """One of settings.JOBS_GIVEN_UP: whoever asked need not look every day whether there is something."""
    export = DataExport.objects.select_related("user").filter(pk=payload["export"], ready_at=None).first()
    if export and export.user.is_active:
        queue_mail(kind="account_data_failed", recipient=export.user, export=export.pk)


@transaction.atomic
def _hand_over(export: DataExport) -> None:
    """Whoever erased the account while the file was written finds none: its row is asked for anew, and held."""
    row = DataExport.objects.select_for_update().filter(pk=export.pk).first()
    if row is None or not row.user.is_active:
        export.unfinished.unlink(missing_ok=True)
        return
    export.unfinished.replace(export.path)
    export.ready_at = timezone.now()
    export.expires_at = export.ready_at + timedelta(days=settings.EXPORT_DAYS)
    export.size = export.path.stat().st_size
    export.save(update_fields=["ready_at", "expires_at", "size"])
    queue_mail(kind="account_data_ready", recipient=export.user, export=export.pk)
