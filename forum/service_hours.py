"""Service hours: when somebody answers, and when a reply is due if it takes so many of these hours.

Pure: nothing here knows the database or the clock. Hours are wall-clock time in the company's zone; durations
are real time, so the night in which the clocks change neither gives nor takes an hour.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

import holidays
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.formats import time_format
from django.utils.translation import gettext as _

HORIZON_DAYS = 366  # how far ahead openings are looked for: a year, and never more
MIDNIGHT = 24 * 60

_CLOCK = r"(\d{1,2})(?:[:.](\d{2}))?"
_RANGE = re.compile(rf"{_CLOCK}\s*-\s*{_CLOCK}", re.ASCII)
_DASHES = str.maketrans("–—−", "---")


class Range(NamedTuple):
    """An opening on one day, in minutes after midnight."""

    opens: int
    closes: int


class Opening(NamedTuple):
    """An opening as two instants (UTC)."""

    opens: datetime
    closes: datetime


class Row(NamedTuple):
    """A line of the displayed table."""

    weekday: str
    hours: str


def parse_hours(text: str) -> tuple[Range, ...]:
    """The openings in "09:00-12:00, 13:00-17:00" in their order; none in a blank text (closed).

    "9-12", "9.30 – 12 Uhr" and semicolons are understood. 24:00 is the end of the day.
    Raises ValidationError with a sentence for the person who typed the text.
    """
    if not text.strip():
        return ()
    ranges = sorted(_parse_range(part.strip()) for part in re.split("[,;]", text.translate(_DASHES)))
    for earlier, later in pairwise(ranges):
        if later.opens < earlier.closes:
            raise ValidationError(_("Two of these times overlap."), code="overlap")
    return tuple(ranges)


def validate_hours(text: str) -> None:
    """Form and model validator of one weekday's hours. Raises ValidationError."""
    parse_hours(text)


def _parse_range(text: str) -> Range:
    match = _RANGE.fullmatch(re.sub(r"\s*uhr\b", "", text, flags=re.IGNORECASE).strip())
    if not match:
        raise ValidationError(
            _("Write the hours like 09:00-12:00, 13:00-17:00. Leave the field empty when you are closed."),
            code="format",
        )
    opens, closes = _minutes(match[1], match[2]), _minutes(match[3], match[4])
    if closes <= opens:
        raise ValidationError(
            _("A time must end after it begins. Hours past midnight belong to the next day."), code="order"
        )
    return Range(opens, closes)


def _minutes(hour: str, minute: str | None) -> int:
    minutes = int(hour) * 60 + int(minute or 0)
    if minutes > MIDNIGHT or int(minute or 0) > 59:
        raise ValidationError(
            _("%(time)s is not a time of day."), code="time", params={"time": f"{hour}:{minute or '00'}"}
        )
    return minutes


def validate_holiday_region(text: str) -> None:
    """Validator of a region such as "DE-BY"; blank means that no holiday counts. Raises ValidationError."""
    try:
        holidays_in(text, 2026)
    except NotImplementedError as unknown:
        raise ValidationError(
            _("This region is not known. Write a country or a country and its state, like DE or DE-BY."),
            code="region",
        ) from unknown


@lru_cache(maxsize=64)
def holidays_in(region: str, year: int) -> Mapping[date, str]:
    """The public holidays of a region: an ISO 3166-1 country, or an ISO 3166-2 subdivision of one.

    Raises NotImplementedError when the region is unknown.
    """
    country, _dash, subdivision = region.strip().partition("-")
    if not country:
        return {}
    # One year at a time and never extended: the mapping is shared between threads.
    return holidays.country_holidays(country.upper(), subdiv=subdivision or None, years=year, expand=False)


@dataclass(frozen=True)
class ServiceHours:
    """The hours of one company.

    `weekdays`: seven texts as `parse_hours` reads them, Monday first. `closed_periods`: first and last days.
    """

    weekdays: Sequence[str]
    zone: ZoneInfo
    holiday_region: str = ""
    closed_periods: Sequence[tuple[date, date]] = ()

    @cached_property
    def ranges(self) -> tuple[tuple[Range, ...], ...]:
        return tuple(parse_hours(text) for text in self.weekdays)

    def add(self, start: datetime, duration: timedelta) -> datetime:
        """The instant at which `duration` of service hours has passed since `start`.

        Without any service hours, calendar time counts. So it does for whatever a whole year has no room for:
        the answer is always a definite instant. Raises ValueError for a naive `start` and for a negative
        `duration`.
        """
        if duration < timedelta(0):
            raise ValueError("A duration of service hours cannot be negative.")
        moment = _instant(start)
        left = duration
        if left and any(self.ranges):
            for opening in self._openings(start):
                moment = max(opening.opens, moment)
                if left <= opening.closes - moment:
                    return (moment + left).astimezone(self.zone)
                left -= opening.closes - moment
            moment = _instant(start) + timedelta(days=HORIZON_DAYS)
        return (moment + left).astimezone(self.zone)

    def is_open(self, at: datetime) -> bool:
        """Whether somebody answers at this instant. The minute of closing is closed."""
        opening = next(self._openings(at), None)
        return opening is not None and opening.opens <= _instant(at)

    def next_opening(self, at: datetime) -> datetime | None:
        """`at` itself while open, else when we open next; None when that is not within a year."""
        opening = next(self._openings(at), None)
        return opening and max(opening.opens, _instant(at)).astimezone(self.zone)

    def rows(self) -> list[Row]:
        """Weekday and hours as people read them, Monday first, in the active language."""
        return [Row(str(WEEKDAYS[day]), _display(ranges)) for day, ranges in enumerate(self.ranges)]

    def is_closed_on(self, day: date) -> bool:
        """Whether the day is a public holiday or in a closed period, whatever its weekday."""
        return self._is_holiday(day) or any(first <= day <= last for first, last in self.closed_periods)

    def _is_holiday(self, day: date) -> bool:
        try:
            return day in holidays_in(self.holiday_region, day.year)
        except NotImplementedError:
            # An unknown region is refused when it is entered; a page must not fail over an old one.
            return False

    def _openings(self, start: datetime) -> Iterator[Opening]:
        """Openings that end after `start`, in order, at most a year ahead."""
        moment = _instant(start)
        today = moment.astimezone(self.zone).date()
        for day in (today + timedelta(days=offset) for offset in range(HORIZON_DAYS + 1)):
            ranges = self.ranges[day.weekday()]
            if not ranges or self.is_closed_on(day):
                continue
            for opens, closes in ranges:
                opening = Opening(self._wall(day, opens), self._wall(day, closes))
                # An opening that falls into the hour skipped in spring has no length.
                if moment < opening.closes and opening.opens < opening.closes:
                    yield opening

    def _wall(self, day: date, minutes: int) -> datetime:
        """The instant at which the clock on the wall shows this time."""
        if minutes == MIDNIGHT:
            day, minutes = day + timedelta(days=1), 0
        return datetime.combine(day, time(*divmod(minutes, 60)), self.zone).astimezone(UTC)


def _instant(moment: datetime) -> datetime:
    """The same moment in UTC, where subtracting tells the time that really passes."""
    if moment.tzinfo is None:
        raise ValueError("Service hours need a time with its time zone.")
    return moment.astimezone(UTC)


def _display(ranges: Sequence[Range]) -> str:
    shown = [f"{_clock(opens)}–{_clock(closes)}" for opens, closes in ranges]
    return ", ".join(shown) or _("closed")


def _clock(minutes: int) -> str:
    return _("midnight") if minutes == MIDNIGHT else time_format(time(*divmod(minutes, 60)))
