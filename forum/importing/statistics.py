"""What the database believes about the size of its tables."""

from __future__ import annotations

from django.db import connection, models


def analyze(*tables: type[models.Model]) -> None:
    """Lets PostgreSQL count the tables now.

    It plans by what it counted last and comes round once a minute; a table it believes empty is read from end to end
    for every row of another. SQLite plans well here without counting.
    """
    if connection.vendor != "postgresql":
        return
    names = ", ".join(connection.ops.quote_name(table._meta.db_table) for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {names}")
