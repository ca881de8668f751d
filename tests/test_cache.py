"""Where limits are counted in a table, none of them begins anew before its time."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import caches
from django.core.cache.backends.base import BaseCache
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext


@pytest.fixture
def table(settings: Any, db: None) -> BaseCache:
    """That of a site without Redis."""
    settings.CACHES = {"default": {"BACKEND": "config.cache.CountingCache", "LOCATION": "counted"}}
    call_command("createcachetable")
    return caches["default"]


def test_what_counts_stays_however_many_are_counted(table: BaseCache) -> None:
    for number in range(400):
        table.set(f"tries-of-{number}", [number], 60)
    assert table.touch("tries-of-0", 90)
    assert table.get("tries-of-0") == [0]
    assert table.get("tries-of-399") == [399]


def test_a_place_is_taken_once_until_it_is_over(table: BaseCache) -> None:
    assert table.add("lock", 1, 60)
    assert not table.add("lock", 2, 60)
    assert table.get("lock") == 1
    table.set("lock", 3, -1)
    assert table.get("lock") is None
    table.set("lock", 3, -1)
    assert table.add("lock", 4, None)
    assert table.get("lock") == 4
    table.delete("lock")
    assert table.get("lock") is None


def test_each_write_is_one_statement(table: BaseCache) -> None:
    for write in (
        lambda: table.set("tries", [1], 60),
        lambda: table.set("tries", [2], 60),
        lambda: table.add("lock", 1),
    ):
        with CaptureQueriesContext(connection) as queries:
            write()
        assert len(queries) == 1
    assert table.get("tries") == [2]
