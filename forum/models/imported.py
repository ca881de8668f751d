"""Which row of a foreign system became which row here, so that an import can be repeated and continued."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class ImportedRecord(models.Model):
    source = models.CharField(max_length=80)
    kind = models.CharField(max_length=10)
    foreign_id = models.CharField(max_length=80)
    local_id = models.BigIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["source", "kind", "foreign_id"], name="imported_once")
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.kind} {self.foreign_id}"
