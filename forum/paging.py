"""Keyset paging: the next page begins after the last row seen, however long the list is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Q, QuerySet

PAGE_SIZE = 20

# The order a visitor may choose, and the column it is by; all descending, ties parted by the public id.
ORDERS = {"activity": "last_activity_at", "new": "created_at", "wanted": "metoo_count"}


@dataclass(frozen=True)
class Page:
    rows: list[Any]
    next_cursor: str
    is_first: bool


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


def _token(row: Any, column: str) -> str:
    value = getattr(row, column)
    number = _microseconds(value) if isinstance(value, datetime) else value
    return f"{number}-{row.public_id}"


def _parse(token: str, column: str) -> tuple[Any, str] | None:
    number, _, public_id = token.partition("-")
    if not (number.isascii() and number.isdecimal() and len(number) < 18 and public_id.isalnum()):
        return None
    if column == "metoo_count":
        return int(number), public_id
    seconds, micro = divmod(int(number), 1_000_000)
    try:
        return datetime.fromtimestamp(seconds, UTC).replace(microsecond=micro), public_id
    except (ValueError, OverflowError, OSError):
        return None


def _microseconds(value: datetime) -> int:
    # Whole seconds and microseconds apart: a float would round the last digits away.
    return int(value.replace(microsecond=0).timestamp()) * 1_000_000 + value.microsecond
