"""Are you there? What a visitor is told about today, and by when an answer to a question asked now is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from forum.models import Company


@dataclass(frozen=True)
class Opening:
    """`hours` are those of today as people read them; `next_opening` is None when none is within a year."""

    is_open: bool
    hours: str
    next_opening: datetime | None
    note: str
    promised_at: datetime


def opening_at(company: Company, now: datetime) -> Opening:
    hours = company.service_hours
    today = now.astimezone(company.zone).date()
    return Opening(
        is_open=hours.is_open(now),
        hours=hours.rows()[today.weekday()].hours,
        next_opening=hours.next_opening(now),
        note=company.closed_note if company.is_away_on(today) else "",
        promised_at=hours.add(now, timedelta(hours=company.promised_hours)),
    )
