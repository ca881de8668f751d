"""A clock that stands still until a test moves it past a period."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import time_machine

from accounts.retention import delete_what_is_over

START = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
A_DAY = timedelta(days=1)


def look(clock: time_machine.Traveller, after: timedelta) -> None:
    """What the worker does in the hour that is so long after the start."""
    clock.move_to(START + after)
    delete_what_is_over()


def lives(clock: time_machine.Traveller, days: int, is_there: Callable[[], bool]) -> None:
    look(clock, timedelta(days=days) - A_DAY)
    assert is_there(), "gone too early"
    look(clock, timedelta(days=days) + A_DAY)
    assert not is_there(), "kept too long"
