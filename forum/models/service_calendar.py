"""The service hours as they were when a promise was counted with them."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import timezone

if TYPE_CHECKING:
    from forum.models.company import Company


class ServiceCalendar(models.Model):
    """A row for every set of hours that promises were counted with; it never changes.

    A promise is a fixed instant. Who asks later why it was this one finds the hours here, also after the company has
    changed them. `hours` is what `calendar_facts` answers.
    """

    digest = models.CharField(max_length=64, unique=True)
    hours = models.JSONField()
    first_used_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"Service calendar {self.digest[:8]}"

    @classmethod
    def of(cls, company: Company) -> ServiceCalendar:
        """The row of the hours that the company has now."""
        facts = calendar_facts(company)
        digest = hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()
        return cls.objects.get_or_create(digest=digest, defaults={"hours": facts})[0]


def calendar_facts(company: Company) -> dict[str, Any]:
    """Everything that decides to which instant a promise leads, as text and numbers."""
    hours = company.service_hours
    return {
        "weekdays": list(hours.weekdays),
        "time_zone": company.time_zone,
        "holiday_region": hours.holiday_region,
        "closed": [[first.isoformat(), last.isoformat()] for first, last in hours.closed_periods],
        "promised_hours": company.promised_hours,
    }
