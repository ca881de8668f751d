"""What was looked for in vain, so that staff see what is missing: words, day and number, never who asked."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import F, Max, QuerySet, Sum
from django.utils import timezone

from accounts.models import User
from accounts.nicknames import nickname_key
from forum.models import Company, SearchMiss
from forum.redaction import passages
from forum.search.analyser import terms
from forum.sensitive import found_in

LONGEST = 80  # characters: whoever types more tells a story, and stories are about somebody
EACH_DAY = 500  # different ones: no program that tries words fills the table
DIGITS = 4  # in a row: a year is none of ours, a customer's number may be


def note_miss(q: str, *, language: str, company: Company) -> None:
    """Counts that these words found nothing; not when they look like they are about a person."""
    words = " ".join(term.whole for term in terms(q))
    if not words or len(q) > LONGEST or _shows_a_number(q):
        return
    day = timezone.localdate()
    place: dict[str, Any] = {"words": words, "language": language[:2], "day": day}
    today = SearchMiss.objects.filter(day=day)
    # What is counted already was looked at when it came first.
    if today.filter(**place).update(count=F("count") + 1) or _may_be_personal(q, company) or today.count() >= EACH_DAY:
        return
    SearchMiss.objects.bulk_create([SearchMiss(**place)], ignore_conflicts=True)


def _shows_a_number(q: str) -> bool:
    return "@" in q or any(term.whole.isdigit() and len(term.whole) >= DIGITS for term in terms(q))


def _may_be_personal(q: str, company: Company) -> bool:
    if passages(q) or found_in(q, company, None):
        return True
    names = {nickname_key(term.whole) for term in terms(q)}
    return User.objects.filter(nickname_key__in=names).exists()


def most_missed(limit: int = 20) -> QuerySet[SearchMiss, Any]:
    """Words with how often (`times`) and when last (`last`), the most frequent first."""
    grouped = SearchMiss.objects.values("words").annotate(times=Sum("count"), last=Max("day"))
    return grouped.order_by("-times", "-last", "words")[:limit]


def delete_old_misses(now: datetime) -> None:
    """One of settings.RETENTION."""
    SearchMiss.objects.filter(day__lt=(now - timedelta(days=settings.SEARCH_MISS_DAYS)).date()).delete()
