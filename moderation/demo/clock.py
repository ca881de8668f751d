"""When things happened: counted back from now, by day for customers and in service hours for staff."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts.models import User
from forum.service_hours import ServiceHours

PAUSE = timedelta(minutes=9)  # nobody answers sooner
MORNING = 6  # o'clock; customers sleep before that
LATELY = timedelta(days=2)
_DURATION = re.compile(r"(?:(\d+)d)?\s*(?:(\d+)h)?\s*(?:(\d+)m)?")


def duration(text: str) -> timedelta:
    """ "12d 3h 40m" as a span; any of the three may be missing. Raises ValueError for anything else."""
    match = _DURATION.fullmatch(text.strip())
    if not match or not any(match.groups()):
        raise ValueError(f"{text!r} is not a duration such as 12d 3h 40m.")
    days, hours, minutes = (int(part or 0) for part in match.groups())
    return timedelta(days=days, hours=hours, minutes=minutes)


@dataclass(frozen=True)
class Clock:
    now: datetime
    hours: ServiceHours
    promised: timedelta

    def ago(self, text: str) -> datetime:
        """So long before now; what is older than LATELY is counted from ten o'clock last night.

        Then a day of the demonstration looks the same at whatever hour it is loaded.
        """
        span = duration(text)
        if span < LATELY:
            return self.now - span
        evening = self.now.astimezone(self.hours.zone).replace(hour=22, minute=0, second=0, microsecond=0)
        return evening - timedelta(days=1) - span

    def moment(self, who: User | None, wish: datetime, after: datetime | None = None) -> datetime:
        """When this person did it: near the wish, later than `after`, and at an hour that suits the person."""
        wish = max(wish, after + PAUSE) if after else wish
        return self._in_service(wish) if who and who.is_staff else self._awake(wish)

    def due(self, start: datetime) -> datetime:
        """The promise for something that waits since then."""
        return self.hours.add(start, self.promised)

    def _in_service(self, wish: datetime) -> datetime:
        opening = self.hours.next_opening(wish)
        if opening is None or opening <= wish:
            return wish
        # Not everybody sits down in the very minute of opening.
        return opening + timedelta(minutes=(wish.hour * 60 + wish.minute) % 100)

    def _awake(self, wish: datetime) -> datetime:
        asleep = wish.astimezone(self.hours.zone).hour < MORNING
        return min(wish + timedelta(hours=MORNING) if asleep else wish, self.now)
