"""Jobs: written into their table with their cause, done by the worker between two letters.

settings.JOBS names for each kind the function that does it. It is called with the payload, may be called again
after it was killed in the middle, and answers whether it is done; what is long does a part and answers False.
"""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from accounts.models import Job

logger = logging.getLogger(__name__)


def queue_job(kind: str, *, due_at: datetime | None = None, **payload: Any) -> Job:
    """Writes a job; it is done only if the surrounding transaction commits."""
    return Job.objects.create(kind=kind, payload=payload, due_at=due_at or timezone.now())


def work_due(now: datetime | None = None, limit: int = 10) -> int:
    """Does what is due and returns how many were begun. Errors are noted at the job and tried again."""
    due = Job.objects.due(now or timezone.now()).order_by("due_at")[:limit]
    return sum(_work(job, now or timezone.now()) for job in due)


def _work(job: Job, now: datetime) -> int:
    if not job.claim(now):
        return 0
    job.refresh_from_db()
    if job.is_killing:
        _fail(job, now, "The worker ended before the job did.")
        return 0
    try:
        done = import_string(settings.JOBS[job.kind])(job.payload)
    except Exception as error:  # whatever goes wrong with one job must not keep the others, or the letters
        logger.exception("Job %s (%s) failed", job.pk, job.kind)
        _fail(job, timezone.now(), type(error).__name__)
        return 1
    (job.mark_done if done else job.mark_going_on)(timezone.now())
    return 1


def _fail(job: Job, now: datetime, error: str) -> None:
    """After the last try, whoever waits for it is told (settings.JOBS_GIVEN_UP)."""
    with transaction.atomic():
        job.mark_failed_try(now, error)
        if job.failed_at and (tell := settings.JOBS_GIVEN_UP.get(job.kind)):
            import_string(tell)(job.payload)
