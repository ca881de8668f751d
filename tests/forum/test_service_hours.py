"""When somebody answers, and when a reply is due."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from forum.service_hours import (
    HORIZON_DAYS,
    Range,
    ServiceHours,
    parse_hours,
    validate_holiday_region,
    validate_hours,
)

BERLIN = ZoneInfo("Europe/Berlin")
OFFICE = ("09:00-17:00",) * 5 + ("", "")
AROUND_THE_CLOCK = ("00:00-24:00",) * 7


def hours(
    weekdays: tuple[str, ...] = OFFICE, *, region: str = "", closed: tuple[tuple[date, date], ...] = ()
) -> ServiceHours:
    return ServiceHours(weekdays=weekdays, zone=BERLIN, holiday_region=region, closed_periods=closed)


def at(text: str) -> datetime:
    """A wall-clock time in Berlin; 2026-11-20 is a Friday."""
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


def after(start: str, duration: float, service: ServiceHours) -> str:
    return service.add(at(start), timedelta(hours=duration)).strftime("%Y-%m-%d %H:%M")


# Reading


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("09:00-17:00", [(540, 1020)]),
        ("09:00-12:00, 13:00-17:00", [(540, 720), (780, 1020)]),
        ("13-17;9-12", [(540, 720), (780, 1020)]),
        ("9-12", [(540, 720)]),
        (" 9.30 – 12 Uhr ", [(570, 720)]),
        ("9 Uhr - 12 Uhr", [(540, 720)]),
        ("9-12, 12-15", [(540, 720), (720, 900)]),
        ("00:00-24:00", [(0, 1440)]),
        ("", []),
        ("  ", []),
    ],
)
def test_hours_are_read_as_people_write_them(text: str, expected: list[tuple[int, int]]) -> None:
    assert parse_hours(text) == tuple(Range(*pair) for pair in expected)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("morning", "format"),
        ("9", "format"),
        ("9-12,", "format"),
        ("9-12-15", "format"),
        ("-3-4", "format"),
        ("٩-١٢", "format"),
        ("9:5-12", "format"),
        ("9-25", "time"),
        ("9:60-12", "time"),
        ("9-24:01", "time"),
        ("22:00-02:00", "order"),
        ("9-9", "order"),
        ("9-12, 11-15", "overlap"),
        ("9-12, 9-12", "overlap"),
    ],
)
def test_other_hours_are_refused_with_a_sentence(text: str, code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        validate_hours(text)
    assert refused.value.code == code
    assert refused.value.messages[0].endswith(".")


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        ranges = parse_hours(text)
    except ValidationError:
        return
    assert all(0 <= opens < closes <= 1440 for opens, closes in ranges)


@pytest.mark.parametrize("region", ["", "DE", "DE-BY", "de-BY", "AT", "AT-9", "CH-ZH", "FR"])
def test_a_known_region_is_accepted(region: str) -> None:
    validate_holiday_region(region)


@pytest.mark.parametrize("region", ["Bayern", "DE-XX", "XX", "DE-"])
def test_an_unknown_region_is_refused_or_read_as_its_country(region: str) -> None:
    if region == "DE-":
        validate_holiday_region(region)
        return
    with pytest.raises(ValidationError, match="DE-BY"):
        validate_holiday_region(region)


# Counting


def test_two_hours_from_ten_are_over_at_noon() -> None:
    assert after("2026-11-20 10:00", 2, hours()) == "2026-11-20 12:00"


def test_friday_ten_to_five_plus_two_hours_is_monday_morning() -> None:
    assert after("2026-11-20 16:50", 2, hours()) == "2026-11-23 10:50"


def test_a_question_from_the_weekend_counts_from_monday() -> None:
    assert after("2026-11-21 23:21", 8, hours()) == "2026-11-23 17:00"


def test_a_question_before_opening_counts_from_opening() -> None:
    assert after("2026-11-20 06:00", 1, hours()) == "2026-11-20 10:00"


def test_the_lunch_break_does_not_count() -> None:
    assert after("2026-11-20 11:30", 1, hours(("9-12, 13-17",) * 7)) == "2026-11-20 13:30"


def test_what_ends_with_the_day_is_due_that_day() -> None:
    assert after("2026-11-20 09:00", 8, hours()) == "2026-11-20 17:00"


def test_nothing_to_wait_for_is_due_at_once() -> None:
    assert after("2026-11-21 12:00", 0, hours()) == "2026-11-21 12:00"


def test_seconds_are_kept() -> None:
    due = hours().add(at("2026-11-20 16:59:59.5"), timedelta(seconds=1))
    assert due == at("2026-11-23 09:00:00.5")


def test_christmas_and_boxing_day_do_not_count() -> None:
    # Thursday 24 December, then two public holidays and Sunday.
    assert after("2026-12-24 16:00", 2, hours(("9-17",) * 7, region="DE")) == "2026-12-27 10:00"
    assert after("2026-12-24 16:00", 2, hours(region="DE")) == "2026-12-28 10:00"


def test_a_holiday_of_bavaria_is_a_working_day_in_berlin() -> None:
    # Epiphany, Wednesday 6 January 2027.
    assert after("2027-01-05 16:00", 2, hours(region="DE-BY")) == "2027-01-07 10:00"
    assert after("2027-01-05 16:00", 2, hours(region="DE-BE")) == "2027-01-06 10:00"


def test_without_a_region_holidays_are_working_days() -> None:
    assert after("2026-12-24 16:00", 2, hours()) == "2026-12-25 10:00"


def test_the_new_year_is_a_holiday_too() -> None:
    assert after("2026-12-31 16:00", 2, hours(("9-17",) * 7, region="DE")) == "2027-01-02 10:00"


def test_an_unknown_region_has_no_holidays_but_does_not_fail() -> None:
    assert after("2026-12-24 16:00", 2, hours(region="Bayern")) == "2026-12-25 10:00"


def test_company_holidays_do_not_count_first_and_last_day_included() -> None:
    closed = ((date(2026, 11, 23), date(2026, 11, 27)),)
    assert after("2026-11-20 16:00", 2, hours(closed=closed)) == "2026-11-30 10:00"


def test_the_hour_lost_in_spring_is_not_counted() -> None:
    # 2026-03-29: 02:00 becomes 03:00.
    assert after("2026-03-29 00:00", 4, hours(AROUND_THE_CLOCK)) == "2026-03-29 05:00"
    assert after("2026-03-29 01:30", 4, hours(AROUND_THE_CLOCK)) == "2026-03-29 06:30"


def test_the_hour_won_in_autumn_is_counted() -> None:
    # 2026-10-25: 03:00 becomes 02:00.
    assert after("2026-10-25 00:00", 4, hours(AROUND_THE_CLOCK)) == "2026-10-25 03:00"


def test_opening_times_stay_on_the_wall_clock_when_the_clocks_change() -> None:
    assert after("2026-03-27 16:00", 2, hours()) == "2026-03-30 10:00"
    assert after("2026-10-23 16:00", 2, hours()) == "2026-10-26 10:00"


def test_an_opening_inside_the_lost_hour_does_not_exist_that_day() -> None:
    nightly = hours(("02:30-03:00",) * 7)
    assert after("2026-03-28 12:00", 0.5, nightly) == "2026-03-30 03:00"


def test_any_time_zone_may_be_given() -> None:
    start = datetime(2026, 11, 20, 15, 50, tzinfo=UTC)
    assert hours().add(start, timedelta(hours=2)) == at("2026-11-23 10:50")


def test_without_service_hours_calendar_time_counts() -> None:
    assert after("2026-11-20 16:50", 2, hours(("",) * 7)) == "2026-11-20 18:50"
    assert after("2026-10-24 22:00", 6, hours(("",) * 7)) == "2026-10-25 03:00"


def test_closed_for_years_still_gives_a_definite_instant() -> None:
    closed = ((date(2020, 1, 1), date(2099, 12, 31)),)
    start = at("2026-11-20 16:50")
    due = hours(closed=closed).add(start, timedelta(hours=2))
    assert due.astimezone(UTC) == start.astimezone(UTC) + timedelta(days=HORIZON_DAYS, hours=2)


def test_a_huge_duration_is_counted_for_a_year_at_most() -> None:
    start, huge = at("2026-11-20 16:50"), timedelta(hours=32_767)
    due = hours(region="DE").add(start, huge)
    assert timedelta(0) < due - start < timedelta(days=HORIZON_DAYS) + huge


def test_a_naive_time_or_a_negative_duration_is_an_error() -> None:
    with pytest.raises(ValueError, match="time zone"):
        hours().add(datetime(2026, 11, 20, 9), timedelta(hours=1))  # noqa: DTZ001
    with pytest.raises(ValueError, match="negative"):
        hours().add(at("2026-11-20 09:00"), timedelta(hours=-1))


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001
    st.timedeltas(timedelta(0), timedelta(hours=30)),
    st.timedeltas(timedelta(0), timedelta(hours=30)),
)
def test_waiting_twice_is_waiting_for_the_sum(start: datetime, first: timedelta, second: timedelta) -> None:
    service = hours(("9-12, 13-17",) * 5 + ("10-14", ""), region="DE-BY")
    due = service.add(start, first)
    assert start <= due
    assert service.add(due, second) == service.add(start, first + second) or not second


# Open or closed


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-20 08:59:59", False),
        ("2026-11-20 09:00", True),
        ("2026-11-20 16:59:59", True),
        ("2026-11-20 17:00", False),
        ("2026-11-21 12:00", False),
        ("2026-12-25 12:00", False),
    ],
)
def test_open_from_the_first_minute_until_closing(moment: str, expected: bool) -> None:
    assert hours(region="DE").is_open(at(moment)) is expected


def test_both_passes_of_the_repeated_hour_are_open() -> None:
    service = hours(AROUND_THE_CLOCK)
    for minute in range(0, 180, 10):
        assert service.is_open(datetime(2026, 10, 25, tzinfo=UTC) + timedelta(minutes=minute))


def test_while_open_the_next_opening_is_now() -> None:
    assert hours().next_opening(at("2026-11-20 12:00")) == at("2026-11-20 12:00")


def test_after_closing_on_friday_the_next_opening_is_monday() -> None:
    assert hours().next_opening(at("2026-11-20 17:00")) == at("2026-11-23 09:00")


def test_who_never_opens_has_no_next_opening() -> None:
    assert hours(("",) * 7).next_opening(at("2026-11-20 17:00")) is None
    assert hours(("",) * 7).is_open(at("2026-11-20 17:00")) is False


# Display


def test_a_german_visitor_reads_german_rows() -> None:
    with translation.override("de"):
        rows = hours(("9-12, 13-17",) * 5 + ("", "")).rows()
    assert rows[0] == ("Montag", "09:00–12:00, 13:00–17:00")
    assert [row.weekday for row in rows][-1] == "Sonntag"


def test_an_english_visitor_reads_english_rows() -> None:
    with translation.override("en"):
        rows = hours(("9-17", "18-24", "", "", "", "", "")).rows()
    assert rows[0] == ("Monday", "9 a.m.–5 p.m.")
    assert rows[1].hours == "6 p.m.–midnight"
    assert rows[6] == ("Sunday", "closed")
