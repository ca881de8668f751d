"""What tests of imports need beside the cast."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from tests.importing.spare_database import SpareDatabase, copied_on_server, copied_to_file


@pytest.fixture
def spare_database(transactional_db: None, tmp_path: Path) -> Iterator[SpareDatabase]:
    """An empty copy of the tests' database, gone with the test; it is copied while no transaction is open."""
    copy = copied_to_file(tmp_path / "spare.sqlite3") if connection.vendor == "sqlite" else copied_on_server()
    with copy as database:
        yield database
