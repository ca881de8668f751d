"""What an entry rests on has changed: a task on the Desk, and readers see that somebody looks at it again.

The published text never changes by itself. Whoever changes an answer says so here; nothing listens behind their back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from forum.faq_merged import successor
from forum.models import Answer, FaqEntry, FaqRecheck, FaqSource, Post, Question, RecheckReason

# An hour's look opens at most so many tasks; the next one goes on.
BATCH = 500


@transaction.atomic
def note_drift(*, posts: Iterable[Post], reason: str) -> None:
    """Something happened to questions or answers: the published entries made from them are to be looked at again."""
    answers = [post.pk for post in posts if isinstance(post, Answer)]
    questions = [post.pk for post in posts if isinstance(post, Question)]
    note_drift_of(answers=answers, questions=questions, reason=reason)


@transaction.atomic
def note_drift_of(*, answers: Collection[int] = (), questions: Collection[int] = (), reason: str) -> None:
    """The same for posts by their keys."""
    made_of_it = FaqSource.objects.filter(Q(answer__in=answers) | Q(question__in=questions)).values("entry")
    found = FaqEntry.objects.filter(pk__in=made_of_it).select_related("merged_into").order_by("pk")
    for entry in {successor(entry) for entry in found}:
        if entry.is_published:
            open_recheck(entry=entry, reason=reason)


@transaction.atomic
def open_recheck(*, entry: FaqEntry, reason: str) -> None:
    """One task for each reason; what is open already stays as it is."""
    FaqRecheck.objects.get_or_create(entry=entry, reason=reason, cleared_at=None)


@transaction.atomic
def clear_rechecks(*, entry: FaqEntry, by: User, but: Collection[str] = ()) -> None:
    done = FaqRecheck.objects.open().filter(entry=entry).exclude(reason__in=but)
    done.update(cleared_at=timezone.now(), cleared_by=by, cleared_by_name=by.public_name)


def note_review_dates(now: datetime) -> None:
    """settings.RETENTION: entries whose day has come."""
    noted = FaqRecheck.objects.open().filter(reason=RecheckReason.REVIEW).values("entry")
    due = FaqEntry.objects.public().filter(review_due_on__lte=timezone.localdate(now)).exclude(pk__in=noted)
    for entry in due.order_by("pk")[:BATCH]:
        open_recheck(entry=entry, reason=RecheckReason.REVIEW)
