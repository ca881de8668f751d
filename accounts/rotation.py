"""Bring everything sealed under the newest master key, while the site is open.

Each app names its columns (settings.SEALED). Only the short wrapped keys are touched: no text, no file. A row is
changed only while it still holds what was read, so nobody's writing is overtaken, and only what could be opened is
written again. Where it stands is told by the rows themselves: killed at any point, the next run finds what is left.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.utils.module_loading import import_string

from accounts import crypto

BATCH = 100  # rows of one short transaction
# Of its time it works so much and leaves the rest to the site's visitors.
SHARE = 0.05

Renew = Callable[[Any], Any]
Keys = Callable[[Any], list[bytes]]


@dataclass(frozen=True)
class Form:
    """How a column holds keys: which are in it, and the same value under the newest one. Both raise CannotDecrypt."""

    keys: Keys
    renewed: Renew


def _secrets_in(data: dict[str, Any]) -> list[str]:
    """Of allauth's factors: an app's secret, the seed of recovery codes, or codes taken over from elsewhere."""
    return [*(data[name] for name in ("secret", "seed") if name in data), *data.get("migrated_codes", [])]


def _with_renewed_secrets(data: dict[str, Any]) -> dict[str, Any]:
    renewed: dict[str, Any] = {name: crypto.reseal(data[name]) for name in ("secret", "seed") if name in data}
    if codes := data.get("migrated_codes"):
        renewed["migrated_codes"] = [crypto.reseal(code) for code in codes]
    return data | renewed


# A wrapped key in a column of its own; a secret together with its key (crypto.seal); a mapping with such secrets.
WRAPPED = Form(lambda value: [bytes(value)], lambda value: crypto.rewrap(bytes(value)))
SECRET = Form(lambda value: [crypto.key_of(value)], crypto.reseal)
SECRETS = Form(lambda value: [crypto.key_of(one) for one in _secrets_in(value)], _with_renewed_secrets)


@dataclass(frozen=True)
class Sealed:
    model: str
    column: str
    form: Form

    @property
    def rows(self) -> models.QuerySet[Any]:
        """Those that hold anything."""
        table: Any = apps.get_model(self.model)
        empty = models.Q(**{self.column: ""}) if self.form is SECRET else models.Q(**{f"{self.column}__isnull": True})
        rows: models.QuerySet[Any] = table._base_manager.exclude(empty)
        return rows


SEALED = [Sealed("mfa.Authenticator", "data", SECRETS), Sealed("accounts.PingAddress", "sealed_address", SECRET)]


def sealed_columns() -> list[Sealed]:
    return [column for path in settings.SEALED for column in import_string(path)]


@dataclass
class Census:
    """How many rows need which master key. `missing` need one that is not in ENCRYPTION_KEYS; `damaged` hold none."""

    newest: int = 0
    old: Counter[int] = field(default_factory=Counter)  # by the position of the key, as the setting counts them
    missing: int = 0
    damaged: int = 0


def census() -> Census:
    found, places = Census(), {key.id: number for number, key in enumerate(crypto.master_keys(), start=1)}
    for column in sealed_columns():
        for value in column.rows.order_by().values_list(column.column, flat=True).iterator(chunk_size=1_000):
            _count(found, places, column, value)
    return found


def _count(found: Census, places: dict[bytes, int], column: Sealed, value: Any) -> None:
    try:
        needed = {crypto.key_id(key) for key in column.form.keys(value)}
    except crypto.CannotDecrypt:
        found.damaged += 1
        return
    if needed - places.keys():
        found.missing += 1
    elif oldest := max((places[key] for key in needed), default=1) - 1:
        found.old[oldest + 1] += 1
    else:
        found.newest += 1


@dataclass
class Progress:
    column: Sealed
    rows: int
    looked_at: int = 0
    renewed: int = 0
    # Their key is missing or they are damaged: left as they are.
    unreadable: int = 0


def rotate(sleep: Callable[[float], None] = time.sleep) -> Iterator[Progress]:
    """Rewraps whatever is not under the newest key; after each batch says how far it is."""
    for column in sealed_columns():
        progress, last = Progress(column, column.rows.count()), None
        while True:
            began = time.monotonic()
            last = _rotate_batch(progress, last)
            yield progress
            if last is None:
                break
            sleep((time.monotonic() - began) * (1 / SHARE - 1))


def _rotate_batch(progress: Progress, last: Any) -> Any:
    """The key of the last row it looked at; None when there was none left."""
    column = progress.column
    rows = column.rows if last is None else column.rows.filter(pk__gt=last)
    batch = list(rows.order_by("pk").values_list("pk", column.column)[:BATCH])
    progress.looked_at += len(batch)
    changes = [change for change in (_change(progress, pk, value) for pk, value in batch) if change]
    if changes:
        with transaction.atomic():
            for pk, before, after in changes:
                # Whoever wrote it anew meanwhile has used the newest key.
                same = column.rows.filter(**{"pk": pk, column.column: before})
                progress.renewed += same.update(**{column.column: after})
    return batch[-1][0] if batch else None


def _change(progress: Progress, pk: Any, value: Any) -> tuple[Any, Any, Any] | None:
    """None for what is under the newest key already, and for what can not be opened."""
    newest = crypto.master_keys()[0].id
    try:
        if all(crypto.key_id(key) == newest for key in progress.column.form.keys(value)):
            return None
        return pk, value, progress.column.form.renewed(value)
    except crypto.CannotDecrypt:
        progress.unreadable += 1
        return None
