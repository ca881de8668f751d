"""Keyset paging: the next page begins after the last row seen, however long the list is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F, Q, QuerySet

PAGE_SIZE = 20

# The order a visitor may choose, and the column it is by; all descending, ties parted by the public id.
ORDERS = {"activity": "last_activity_at", "new": "created_at", "wanted": "metoo_count"}


@dataclass(frozen=True)
class Page:
    rows: list[Any]
    next_cursor: str
    is_first: bool
    # How many rows follow the first page, where the caller knows the length of the list.
    more: int = 0


def keyset_page(rows: QuerySet[Any], *, order: str, after: str, size: int = PAGE_SIZE) -> Page:
    """The rows that follow the cursor `after`; a cursor that can not be read begins at the start."""
    column = ORDERS.get(order, ORDERS["activity"])
    ordered = rows.order_by(f"-{column}", "-public_id")
    cursor = _parse(after, column)
    if cursor:
        value, public_id = cursor
        ordered = ordered.filter(Q(**{f"{column}__lt": value}) | Q(**{column: value, "public_id__lt": public_id}))
    found = list(ordered[: size + 1])
    more = found[size:] and found[size - 1]
    return Page(rows=found[:size], next_cursor=_token(more, column) if more else "", is_first=cursor is None)


def queue_page(
    rows: QuerySet[Any],
    *,
    by: str,
    after: str,
    newest_first: bool = False,
    total: int = 0,
    size: int = PAGE_SIZE,
) -> Page:
    """A queue by an instant that may be missing (those rows come last), ties parted by the key.

    What is answered in the meantime leaves no gap: nobody in the queue is stepped over. `total` is the length of the
    queue, where the page says it anyway: nothing is counted here.
    """
    instant = F(by).desc(nulls_last=True) if newest_first else F(by).asc(nulls_last=True)
    ordered = rows.order_by(instant, "pk")
    place = _place(after, rows)
    if place:
        ordered = ordered.filter(_behind(*place, by, "lt" if newest_first else "gt"))
    found = list(ordered[: size + 1])
    if len(found) <= size:
        return Page(rows=found, next_cursor="", is_first=place is None)
    cursor = _place_token(found[size - 1], by)
    more = 0 if place else max(total - size, 0)
    return Page(rows=found[:size], next_cursor=cursor, is_first=place is None, more=more)


def numbered_page(rows: QuerySet[Any], *, after: str, size: int = PAGE_SIZE) -> Page:
    """For lists that stand still: the rows after that many."""
    start = int(after) if after.isascii() and after.isdecimal() and len(after) < 9 else 0
    found = list(rows[start : start + size + 1])
    return Page(rows=found[:size], next_cursor=str(start + size) if found[size:] else "", is_first=start == 0)


def _behind(instant: datetime | None, pk: Any, by: str, beyond: str) -> Q:
    same_instant = Q(**{by: instant, "pk__gt": pk})
    if instant is None:
        return same_instant
    return same_instant | Q(**{f"{by}__{beyond}": instant}) | Q(**{by: None})


def _place_token(row: Any, by: str) -> str:
    instant = getattr(row, by)
    return f"{_microseconds(instant) if instant else 'none'}-{row.pk}"


def _place(token: str, rows: QuerySet[Any]) -> tuple[datetime | None, Any] | None:
    number, _, key = token.partition("-")
    try:
        pk = rows.model._meta.pk.to_python(key)
    except ValidationError:
        return None
    if number == "none":
        return None, pk
    instant = _instant(number)
    return (instant, pk) if instant else None


def _token(row: Any, column: str) -> str:
    value = getattr(row, column)
    number = _microseconds(value) if isinstance(value, datetime) else value
    return f"{number}-{row.public_id}"


def _parse(token: str, column: str) -> tuple[Any, str] | None:
    number, _, public_id = token.partition("-")
    if not (_is_number(number) and public_id.isalnum()):
        return None
    if column == "metoo_count":
        return int(number), public_id
    instant = _instant(number)
    return (instant, public_id) if instant else None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 18


def _instant(microseconds: str) -> datetime | None:
    if not _is_number(microseconds):
        return None
    seconds, micro = divmod(int(microseconds), 1_000_000)
    try:
        return datetime.fromtimestamp(seconds, UTC).replace(microsecond=micro)
    except (ValueError, OverflowError, OSError):
        return None


def _microseconds(value: datetime) -> int:
    # Whole seconds and microseconds apart: a float would round the last digits away.
    return int(value.replace(microsecond=0).timestamp()) * 1_000_000 + value.microsecond
