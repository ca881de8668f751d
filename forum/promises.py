"""By when we reply: an instant, and the service hours it was counted with."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from django.utils import timezone

from forum.models import Company, ServiceCalendar


class Promise(NamedTuple):
    promised_at: datetime
    promised_with: ServiceCalendar


def promise_from_now() -> Promise:
    """The instant by which a reply is due: the company's promise, counted in its service hours."""
    company = Company.load()
    due = company.service_hours.add(timezone.now(), timedelta(hours=company.promised_hours))
    return Promise(due, ServiceCalendar.of(company))
