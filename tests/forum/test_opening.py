"""What a visitor is told about today."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from forum.models import Company
from forum.opening import opening_at
from forum.templatetags.sprechstunde import hours

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
AWAY = {"closed_from": date(2026, 12, 24), "closed_until": date(2026, 12, 28), "closed_note": "Merry Christmas."}


def test_open_on_a_working_day() -> None:
    opening = opening_at(Company(holiday_region=""), MONDAY)
    assert opening.is_open
    assert opening.hours == "9 a.m.–5 p.m."
    assert opening.promised_at == datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def test_the_day_is_that_of_the_company() -> None:
    """At eleven in the evening in Berlin it is Tuesday in Tokyo."""
    tokyo = Company(time_zone="Asia/Tokyo", monday="", tuesday="06:00-09:00", holiday_region="")
    assert opening_at(tokyo, datetime(2026, 11, 23, 22, 0, tzinfo=UTC)).hours == "6 a.m.–9 a.m."


@pytest.mark.parametrize(
    ("day", "shown"),
    [(date(2026, 12, 23), False), (date(2026, 12, 24), True), (date(2026, 12, 28), True), (date(2026, 12, 29), False)],
)
def test_the_note_is_shown_while_away_and_not_before(time_machine, day: date, shown: bool) -> None:
    company, noon = Company(**AWAY), datetime(day.year, day.month, day.day, 11, tzinfo=UTC)
    time_machine.move_to(noon)
    assert (opening_at(company, noon).note == "Merry Christmas.") is shown
    assert ("Merry Christmas." in hours(company)) is shown


def test_a_period_without_an_end_is_none() -> None:
    assert not Company(closed_from=date(2026, 1, 1)).is_away_on(date(2026, 6, 1))


def test_who_never_opens_still_promises_an_instant() -> None:
    never = Company(**dict.fromkeys(("monday", "tuesday", "wednesday", "thursday", "friday"), ""))
    opening = opening_at(never, MONDAY)
    assert opening.next_opening is None
    assert opening.promised_at == MONDAY + timedelta(hours=8)
