"""What a request finds of the database when it comes."""

from __future__ import annotations

import pytest
from django.db import close_old_connections, connection


@pytest.mark.django_db(transaction=True)
def test_the_next_request_need_not_open_the_file_again() -> None:
    """PostgreSQL's connection goes back to the pool meanwhile."""
    connection.ensure_connection()
    held = connection.connection
    close_old_connections()  # as Django does before and after each request
    assert (connection.connection is held) == (connection.vendor == "sqlite")
