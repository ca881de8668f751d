"""Make one page of two questions, and take them apart again."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from forum import notifications
from forum.actions.counters import recount
from forum.actions.duplicates import (
    AlreadyJoined,
    NothingToUndo,
    bring_pointers_back,
    carry_pointers,
    end,
    hold_joined,
    note,
    noted,
    unlink,
)
from forum.models import (
    Acceptance,
    Answer,
    Comment,
    FaqSource,
    InternalNote,
    Joining,
    MeToo,
    Question,
    Repetition,
    Subscription,
)
from forum.repeats import refuse_joining
from forum.search.documents import index_questions

# What hangs on a question and goes along as a whole; what hangs on an answer goes with that.
_WHOLE: dict[str, Any] = {"answer": Answer, "comment": Comment, "note": InternalNote}
# Of these there is one for each of the other column: what the original has already stays where it is.
_ONCE: dict[str, tuple[Any, str]] = {
    "metoo": (MeToo, "user"), "subscription": (Subscription, "user"), "source": (FaqSource, "entry"),
}  # fmt: skip


@transaction.atomic
def merge(*, question: Question, original: Question, by: User, reason: str) -> Repetition:
    """Moves what was said under the question to the original; its address leads there from now on.

    Raises CanNotJoin and AlreadyJoined.
    """
    hold_joined(question, original)
    if question.merged_into_id:
        raise AlreadyJoined
    refuse_joining(question, original, merging=True)
    if question.duplicate_of_id not in (None, original.pk):
        unlink(question=question, by=by, reason=reason)
    act = Repetition(question=question, original=original, kind=Joining.MERGE, reason=reason)
    act.made_by, act.made_by_name = by, by.public_name
    act.save()
    _rest_acceptances(act, by)
    for what, model in _WHOLE.items():
        _carry(act, what, model._base_manager.filter(question=question))
    for what, (model, other) in _ONCE.items():
        known = model._base_manager.filter(question=original).values(other)
        _carry(act, what, model._base_manager.filter(question=question).exclude(**{f"{other}__in": known}))
    _count_asker(act)
    for pointer in ("duplicate_of", "merged_into"):
        carry_pointers(act, pointer)
    question.merged_into = original
    question.save(update_fields=["merged_into"])
    _settle(question, original)
    notifications.tell_of_repetition(act)
    return act


@transaction.atomic
def unmerge(*, question: Question, by: User, reason: str) -> Repetition:
    """Brings back all that was moved, wherever it went from there; what was written since stays.

    Raises NothingToUndo.
    """
    hold_joined(question, question.merged_into)
    # Where it is now, should the original have been merged itself meanwhile.
    original = question.merged_into
    act = Repetition.objects.filter(question=question, kind=Joining.MERGE, undone_at=None).first()
    if original is None or act is None:
        raise NothingToUndo
    for what, model in _WHOLE.items():
        model._base_manager.filter(pk__in=noted(act, what), question=original).update(question=question)
    for what, (model, other) in _ONCE.items():
        again = model._base_manager.filter(question=question).values_list(other, flat=True)
        rows = model._base_manager.filter(pk__in=noted(act, what), question=original)
        rows.exclude(**{f"{other}__in": list(again)}).update(question=question)
    MeToo.objects.filter(pk__in=noted(act, "asker"), question=original).delete()
    _wake_acceptances(act)
    _name_again(question, act)
    for pointer in ("duplicate_of", "merged_into"):
        bring_pointers_back(act, pointer, original)
    end(act, by=by, reason=reason)
    question.merged_into = None
    question.save(update_fields=["merged_into"])
    _settle(question, original)
    return act


def _carry(act: Repetition, what: str, rows: QuerySet[Any]) -> None:
    keys = list(rows.values_list("pk", flat=True))
    note(act, what, keys)
    rows.model._base_manager.filter(pk__in=keys).update(question=act.original_id)


def _rest_acceptances(act: Repetition, by: User) -> None:
    """The original's acceptance stands. An asker's yes was about the asker's own question, so it rests either way."""
    moving = Acceptance.objects.filter(answer__question=act.question_id, undone_at=None)
    if not Acceptance.objects.filter(answer__question=act.original_id, undone_at=None).exists():
        moving = moving.filter(by_staff=False)
    keys = list(moving.values_list("pk", flat=True))
    note(act, "acceptance", keys)
    ended: dict[str, Any] = {"undone_at": timezone.now(), "undone_by": by, "undone_by_name": by.public_name}
    Acceptance.objects.filter(pk__in=keys).update(**ended)


def _wake_acceptances(act: Repetition) -> None:
    """Unless somebody has accepted the same answer anew."""
    standing = Acceptance.objects.filter(undone_at=None).values_list("answer_id", flat=True)
    resting = Acceptance.objects.filter(pk__in=noted(act, "acceptance"), answer__question=act.question_id)
    keys = list(resting.exclude(answer__in=standing).values_list("pk", flat=True))
    Acceptance.objects.filter(pk__in=keys).update(undone_at=None, undone_by=None, undone_by_name="")


def _count_asker(act: Repetition) -> None:
    """Who asked it again has the question too."""
    asker, original = act.question.author_id, act.original
    if asker is None or asker == original.author_id:
        return
    metoo, is_new = MeToo.objects.get_or_create(question=original, user_id=asker)
    Subscription.objects.get_or_create(question=original, user_id=asker)
    if is_new:
        note(act, "asker", [metoo.pk])


def _name_again(question: Question, act: Repetition) -> None:
    """Under its own asker's question again, what this asker said stands under the name chosen there."""
    if question.author_id:
        for model in (Answer, Comment):
            said = model._base_manager.filter(pk__in=noted(act, model.kind), author=question.author_id)
            said.update(unnamed_at=question.unnamed_at)


def _settle(question: Question, original: Question) -> None:
    """Counts of both, and the place of the original in the lists."""
    recount(question)
    recount(original)
    last = max(question.last_activity_at, original.last_activity_at)
    original.last_activity_at = last
    original.save(update_fields=["last_activity_at"])
    index_questions([question.pk, original.pk])
