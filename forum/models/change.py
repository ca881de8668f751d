"""Whether anything changed that a page for visitors may show."""

from __future__ import annotations

from django.db import models


class Change(models.Model):
    """What was written, as a number: the sum over all rows is another one as soon as a change is there to be read.

    Triggers keep it (forum.changes). SQLite counts on in one row, as only one writes at a time; PostgreSQL adds a row
    for each transaction, since those who write must not wait for each other, and puts them together now and then.
    """

    number = models.BigIntegerField(default=1, db_default=1)

    def __str__(self) -> str:
        return str(self.number)
