"""Say that a question was asked before, by staff or by customers' votes, and take that back."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from forum import notifications
from forum.actions.counters import recount_demand
from forum.actions.threads import hold_threads
from forum.models import Carried, DuplicateVote, Joining, Question, Repetition, Subscription
from forum.repeats import refuse_joining

VOTES = 5  # customers, each counted once


class AlreadyJoined(Exception):
    """Somebody else has decided it since the page was opened."""


class NothingToUndo(Exception):
    """It is not marked or merged any more."""


@transaction.atomic
def link(*, question: Question, original: Question, by: User | None, reason: str = "") -> Repetition:
    """Leads from the question to the original; its followers come along, and whoever asked is told.

    Nobody is `by` where customers said so. Raises CanNotJoin.
    """
    hold_joined(question, original)
    refuse_joining(question, original)
    if question.duplicate_of_id:
        unlink(question=question, by=by, reason=reason)
    act = Repetition(question=question, original=original, kind=Joining.MARK, reason=reason, by_votes=by is None)
    act.made_by, act.made_by_name = by, by.public_name if by else ""
    act.save()
    carry_pointers(act, "duplicate_of")
    question.duplicate_of = original
    question.save(update_fields=["duplicate_of"])
    followers = question.subscriptions.values_list("user_id", flat=True)
    rows = [Subscription(question=original, user_id=user_id) for user_id in followers]
    Subscription.objects.bulk_create(rows, ignore_conflicts=True)
    recount_demand([question.pk])
    notifications.tell_of_repetition(act)
    return act


@transaction.atomic
def unlink(*, question: Question, by: User | None, reason: str = "") -> None:
    """The question stands for itself again; who followed the original through it still does."""
    original = question.duplicate_of
    hold_joined(question, original)
    if original is None:
        return
    # What an import brought has no row of its own.
    act, _made = Repetition.objects.get_or_create(
        question=question, kind=Joining.MARK, undone_at=None, defaults={"original": original}
    )
    end(act, by=by, reason=reason)
    bring_pointers_back(act, "duplicate_of", original)
    question.duplicate_of = None
    question.save(update_fields=["duplicate_of"])
    DuplicateVote.objects.filter(question=question).delete()
    recount_demand([question.pk, original.pk])


@transaction.atomic
def vote_for_duplicate(*, question: Question, original: Question, by: User) -> int:
    """How many customers say so now; with the last one that was needed it is so. A new choice replaces the former.

    Raises CanNotJoin and AlreadyJoined.
    """
    hold_joined(question, original)
    if question.duplicate_of_id or question.merged_into_id:
        raise AlreadyJoined
    refuse_joining(question, original)
    DuplicateVote.objects.update_or_create(question=question, user=by, defaults={"original": original})
    votes = DuplicateVote.objects.filter(question=question, original=original, user__is_active=True)
    number = votes.filter(user__suspended_at=None).count()
    if number >= VOTES:
        link(question=question, original=original, by=None)
    return number


def withdraw_vote(*, question: Question, by: User) -> None:
    DuplicateVote.objects.filter(question=question, user=by).delete()


def hold_joined(question: Question, original: Question | None) -> None:
    """Both questions, and those that lead to them, in one order; what the two say is read anew."""
    leading = {*question.duplicates.values_list("pk", flat=True), *question.merged.values_list("pk", flat=True)}
    hold_threads(question.pk, original.pk if original else None, *leading)
    state = ["closed_at", "duplicate_of", "merged_into", "hidden_at", "held_at", "deleted_at", "topic"]
    question.refresh_from_db(fields=state)
    if original:
        original.refresh_from_db(fields=state)


def carry_pointers(act: Repetition, field: str) -> None:
    """What led to the question leads to the original from now on: nobody is sent along a chain."""
    leading = Question._base_manager.filter(**{field: act.question_id})
    note(act, field, leading.values_list("pk", flat=True))
    leading.update(**{field: act.original_id})


def bring_pointers_back(act: Repetition, field: str, from_where: Question) -> None:
    rows = Question._base_manager.filter(pk__in=noted(act, field), **{field: from_where.pk})
    rows.update(**{field: act.question_id})


def note(act: Repetition, what: str, keys: Iterable[int]) -> None:
    """Which rows went along, so that these and no others come back."""
    Carried.objects.bulk_create([Carried(repetition=act, what=what, row=key) for key in keys])


def noted(act: Repetition, what: str) -> list[int]:
    return list(act.carried.filter(what=what).values_list("row", flat=True))


def end(act: Repetition, *, by: User | None, reason: str) -> None:
    act.undone_at, act.undone_by, act.undone_by_name = timezone.now(), by, by.public_name if by else ""
    act.undone_reason = reason
    act.save(update_fields=["undone_at", "undone_by", "undone_by_name", "undone_reason"])
