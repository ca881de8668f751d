"""Work in the table of jobs: nothing is lost, nothing is done twice at once, and nothing is tried for ever."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from accounts.jobs import queue_job, work_due
from accounts.models import Job
from accounts.models.job import LEASE, RETRY_MINUTES

pytestmark = pytest.mark.django_db

done: list[dict[str, Any]] = []


def do(payload: dict[str, Any]) -> bool:
    done.append(payload)
    return len(done) >= payload.get("parts", 1)


def fail(payload: dict[str, Any]) -> bool:
    raise OSError("ann@example.org said no")


@pytest.fixture(autouse=True)
def _kinds(settings: Any) -> None:
    done.clear()
    settings.JOBS = {"do": f"{__name__}.do", "fail": f"{__name__}.fail"}


def test_a_job_is_done_once() -> None:
    queue_job("do", thing=3)
    assert (work_due(), work_due()) == (1, 0)
    assert done == [{"thing": 3}]
    assert Job.objects.get().done_at


def test_what_is_long_goes_on_with_the_next_look() -> None:
    queue_job("do", parts=3)
    assert [work_due() for _look in range(4)] == [1, 1, 1, 0]


def test_what_is_rolled_back_is_not_done() -> None:
    with transaction.atomic():
        queue_job("do")
        transaction.set_rollback(True)
    assert work_due() == 0


def test_a_failure_is_tried_again_then_given_up() -> None:
    job = queue_job("fail")
    for minutes in RETRY_MINUTES:
        now = job.due_at
        with time_machine.travel(now, tick=False):
            assert work_due() == 1
        job.refresh_from_db()
        assert job.failed_at is None
        assert job.due_at == now + timedelta(minutes=minutes)
    work_due(job.due_at)
    job.refresh_from_db()
    assert job.failed_at
    assert job.last_error == "OSError", "what the error says may name somebody"
    assert work_due(timezone.now() + timedelta(days=9)) == 0


def test_one_bad_job_does_not_keep_the_others() -> None:
    queue_job("nobody knows this kind")
    queue_job("fail")
    queue_job("do")
    work_due()
    assert len(done) == 1


def test_a_second_worker_leaves_it_to_the_first() -> None:
    job = queue_job("do")
    same, now = Job.objects.get(), timezone.now()
    assert job.claim(now)
    assert not same.claim(now)


def test_a_dead_worker_holds_no_job_for_ever() -> None:
    job, now = queue_job("do"), timezone.now()
    job.claim(now)
    assert work_due(now + LEASE - timedelta(seconds=1)) == 0
    assert work_due(now + LEASE) == 1


def test_a_job_that_takes_its_workers_along_is_given_up() -> None:
    job, now = queue_job("do"), timezone.now()
    for _death in range(len(RETRY_MINUTES) + 1):
        Job.objects.get().claim(now)
        now += LEASE
    work_due(now)
    job.refresh_from_db()
    assert job.failed_at
    assert done == []


@pytest.mark.django_db(transaction=True)  # the worker looks after its connections itself
def test_the_worker_does_jobs_to_the_end(company: object) -> None:
    queue_job("do", parts=3)
    call_command("worker", once=True)
    assert len(done) == 3
