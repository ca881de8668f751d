"""Two people for an entry, and the day on which somebody looks at it again."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from forum.models import Company, FaqEntry

if TYPE_CHECKING:
    from accounts.models import User


def asks_for_two(entry: FaqEntry, company: Company | None = None) -> bool:
    """Whether somebody else than its writer publishes it: as the company decides, and always where health is at stake.

    What is wrong there hurts somebody, so no company can switch it off.
    """
    if entry.topic.health_data or entry.topic.sensitive:
        return True
    return (company or Company.load()).faq_review


def wrote_it(entry: FaqEntry, person: User) -> bool:
    """Whether the words it has now are this person's."""
    written: Any = FaqEntry.objects.with_last_writer()
    found: bool = written.filter(pk=entry.pk, last_writer=person.pk).exists()
    return found


def must_not_publish(entry: FaqEntry, person: User) -> bool:
    """True for who wrote it, where two people are asked for."""
    return asks_for_two(entry) and wrote_it(entry, person)


def next_check(company: Company, today: date | None = None) -> date:
    """The same day so many months later, or the last one of a month that has no such day."""
    day = today or timezone.localdate()
    year, month = divmod(day.year * 12 + day.month - 1 + company.faq_check_months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
