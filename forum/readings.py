"""How often questions are read, as far as a number can be had without watching anybody.

No cookie, no script, no address and no account: a page that is shown adds one. The numbers wait in memory and are
written every few minutes, so that reading writes nothing; what a process has not written when it ends is lost. They
weigh proposals for the FAQ and are shown nowhere else, and for that they are good enough
(docs/decisions/0021-faq-harvest.md).
"""

from __future__ import annotations

import logging
import re
import threading
import time
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.db import DatabaseError, transaction
from django.db.models import Case, F, Q, Value, When
from django.http import HttpRequest
from django.utils import timezone

from forum.models import Question, Reading
from forum.permissions import is_asker, is_staff

logger = logging.getLogger(__name__)

EVERY = 300  # seconds between two writings of a process
MOST = 500  # questions that wait; more are written earlier
KEPT = timedelta(days=30)
# Programs say so, or say nothing (CUBOT makes telephones). What pretends to be a person reads everything alike.
_PROGRAM = re.compile(r"(?<!cu)bot|crawl|spider|slurp|preview|https?:|curl|wget|python|headless", re.IGNORECASE)

Key = tuple[date, int]


class _Waiting:
    """The numbers of this process that are not written yet."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.numbers: Counter[Key] = Counter()
        self.since = time.monotonic()

    def add(self, key: Key) -> None:
        with self.lock:
            self.numbers[key] += 1

    def note(self, environ: Mapping[str, str], question: int) -> bool:
        """Counts a visit to a page that is kept; False, and nothing is counted, while others wait to be written."""
        if _is_program(environ):
            return True
        with self.lock:
            if self._is_due():
                return False
            self.numbers[_day(), question] += 1
        return True

    def take_due(self) -> Counter[Key]:
        """All of them once it is time to write, else none; nobody else gets the same."""
        with self.lock:
            if not self._is_due():
                return Counter()
            taken, self.numbers, self.since = self.numbers, Counter(), time.monotonic()
            return taken

    def _is_due(self) -> bool:
        return time.monotonic() - self.since >= EVERY or len(self.numbers) >= MOST


waiting = _Waiting()


def note_reading(request: HttpRequest, question: Question) -> None:
    """Counts that a customer or visitor was shown the page; not the asker, the team, programs or discreet topics."""
    reader = request.user
    if not (is_staff(reader) or is_asker(reader, question) or question.topic.discreet):
        _note_visit(request, question.pk)


def _note_visit(request: HttpRequest, question: int) -> None:
    if request.method != "GET" or _is_program(request.META):
        return
    waiting.add((_day(), question))
    if due := waiting.take_due():
        try:
            write(due)
        except DatabaseError:
            # Numbers are worth less than a page that is shown.
            logger.warning("How often questions were read could not be written.", exc_info=True)


def _day(at: datetime | None = None) -> date:
    """Of now, or of that time; not in the company's zone, of which a kept page knows nothing."""
    return timezone.localdate(at, timezone.get_default_timezone())


def _is_program(environ: Mapping[str, str]) -> bool:
    name = environ.get("HTTP_USER_AGENT", "")
    # What a browser loads in case somebody goes there has not been read (Fetch, section 3.3).
    return not name or _names_program(name) or "prefetch" in environ.get("HTTP_SEC_PURPOSE", "")


@lru_cache(maxsize=200)
def _names_program(name: str) -> bool:
    """Most readers have one of a few browsers."""
    return bool(_PROGRAM.search(name))


@transaction.atomic
def write(numbers: Counter[Key]) -> None:
    """Adds them to what is there. Two processes that are the first of a day at once lose one's share."""
    for day in {day for day, _question in numbers}:
        _write_day(day, {question: n for (at, question), n in numbers.items() if at == day})


def _write_day(day: date, numbers: dict[int, int]) -> None:
    rows = Reading.objects.filter(day=day, question__in=numbers)
    known = set(rows.order_by("question_id").select_for_update(no_key=True).values_list("question_id", flat=True))
    if known:
        more = [When(question_id=key, then=Value(numbers[key])) for key in known]
        rows.update(count=F("count") + Case(*more, default=Value(0)))
    fresh = set(Question._base_manager.filter(Q(pk__in=numbers) & ~Q(pk__in=known)).values_list("pk", flat=True))
    made = [Reading(question_id=key, day=day, count=numbers[key]) for key in sorted(fresh)]
    Reading.objects.bulk_create(made, ignore_conflicts=True)


def delete_old_readings(now: datetime) -> None:
    """One of settings.RETENTION; with them goes what was counted for questions that are deleted since."""
    Reading.objects.filter(day__lte=_day(now - KEPT)).delete()
