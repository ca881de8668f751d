"""What tests of imports need beside the cast."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.importing.spare_database import SpareDatabase, copied_on_server, copied_to_file


@pytest.fixture
def spare_database(django_db_setup: None, django_db_blocker: Any, tmp_path: Path) -> Iterator[SpareDatabase]:
    """An empty copy of the tests' database, gone with the test."""
    with django_db_blocker.unblock():
        copy = copied_to_file(tmp_path / "spare.sqlite3") if connection.vendor == "sqlite" else copied_on_server()
        with copy as database:
            yield database
