"""The memory of an import: which foreign rows are here already."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models

from forum.models import ImportedRecord


class Records:
    """Looks up and remembers the rows of one source."""

    def __init__(self, source: str) -> None:
        self.source = source

    def known(self, kind: str, foreign_ids: Iterable[str]) -> dict[str, int]:
        """Foreign id to local id, for those of the given ids that were imported before."""
        found = ImportedRecord.objects.filter(source=self.source, kind=kind, foreign_id__in=list(foreign_ids))
        return dict(found.values_list("foreign_id", "local_id"))

    def remember(self, kind: str, rows: dict[str, models.Model]) -> None:
        ImportedRecord.objects.bulk_create(
            ImportedRecord(source=self.source, kind=kind, foreign_id=foreign_id, local_id=row.pk)
            for foreign_id, row in rows.items()
        )

    def forget(self, kind: str, foreign_id: str) -> None:
        """What was imported is no longer there."""
        self.all(kind).filter(foreign_id=foreign_id).delete()

    def all(self, kind: str) -> models.QuerySet[ImportedRecord]:
        return ImportedRecord.objects.filter(source=self.source, kind=kind)
