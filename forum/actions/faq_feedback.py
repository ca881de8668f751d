"""Readers say whether an entry helped, without an account; the team says which proposals it does not want."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from forum.actions.faq_drift import open_recheck
from forum.models import Company, FaqDismissal, FaqEntry, FaqFeedback, RecheckReason

# Of those who said anything since the entry was checked, so many in a hundred must have found it not helpful:
# what helps hundreds is not in doubt because a few wanted something else.
SHARE = 25


@transaction.atomic
def give_feedback(*, entry: FaqEntry, is_helpful: bool, text: str = "") -> FaqFeedback:
    """Counts it; once enough found the entry not helpful, somebody looks at it again."""
    # One after the other: two at once would each miss what the other has not committed.
    held = FaqEntry.objects.select_for_update(no_key=True).get(pk=entry.pk)
    said = FaqFeedback.objects.create(entry=held, is_helpful=is_helpful, text=text)
    if not is_helpful and _is_in_doubt(held):
        open_recheck(entry=held, reason=RecheckReason.UNHELPFUL)
    return said


def _is_in_doubt(entry: FaqEntry) -> bool:
    since = FaqFeedback.objects.filter(entry=entry, created_at__gt=entry.checked_at or entry.created_at)
    answers = list(since.values_list("is_helpful", flat=True))
    unhelpful = answers.count(False)
    return unhelpful >= Company.load().faq_unhelpful and unhelpful * 100 >= SHARE * len(answers)


@transaction.atomic
def dismiss_proposal(*, subject: str, demand: int, by: User) -> None:
    """No entry for this, until twice as many ask for it."""
    said = {"demand": demand, "dismissed_at": timezone.now(), "dismissed_by": by, "dismissed_by_name": by.public_name}
    FaqDismissal.objects.update_or_create(subject=subject, defaults=said)
