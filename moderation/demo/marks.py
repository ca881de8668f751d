"""I have this too, and this helped: spread over the days after the post."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from accounts.models import User
from forum.models import Answer, Helpful, MeToo, Question, Subscription
from moderation.demo.stage import Stage

INTERVAL = timedelta(hours=31)


def mark_metoo(stage: Stage, question: Question, nicknames: list[str]) -> None:
    marks = list(_moments(stage, question.created_at, nicknames))
    MeToo.objects.bulk_create(MeToo(question=question, user=user, created_at=at) for user, at in marks)
    Subscription.objects.bulk_create(Subscription(question=question, user=user, created_at=at) for user, at in marks)


def mark_helpful(stage: Stage, answer: Answer, nicknames: list[str]) -> None:
    marks = _moments(stage, answer.created_at, nicknames)
    Helpful.objects.bulk_create(Helpful(answer=answer, user=user, created_at=at) for user, at in marks)


def _moments(stage: Stage, start: datetime, nicknames: list[str]) -> Iterator[tuple[User, datetime]]:
    """Each person some time after the one before, but nobody before they joined, and nobody tomorrow."""
    for number, nickname in enumerate(nicknames, start=1):
        user = stage.people[nickname]
        wish = max(start + number * INTERVAL, user.date_joined + INTERVAL)
        yield user, min(wish, stage.clock.now)
