"""Which question repeats which: where an address leads in the end, and what may not be joined."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from forum.models import Conversation, Door, PublicConsent, Question

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

# "Asked before" may lead to a question that was asked before itself, but not for ever.
LONGEST_TRAIL = 10
_ADDRESS = re.compile(r"/q/([0-9a-z]{10})(?:/|$)")
_NUMBER = re.compile(r"([0-9a-z]{10})")


class CanNotJoin(Exception):
    """Two questions that can not be one; `why` is a sentence for who tried."""

    def __init__(self, why: _StrPromise) -> None:
        super().__init__(str(why))
        self.why = why


def question_at(typed: str) -> Question | None:
    """The public question behind an address or a number, or the one that this one repeats. Raises CanNotJoin."""
    found = _ADDRESS.search(typed) or _NUMBER.fullmatch(typed.strip())
    step = Question.objects.public().filter(public_id=found[1]).first() if found else None
    for _step in range(LONGEST_TRAIL):
        further = step and (step.merged_into_id or step.duplicate_of_id)
        if not further:
            return step
        # What is not public on the way ends it: nobody is told where it would have led.
        step = Question.objects.public().filter(pk=further).first()
    raise CanNotJoin(_("This leads back to the same question. Please choose the other one."))


def refuse_joining(question: Question, original: Question, *, merging: bool = False) -> None:
    """Raises CanNotJoin for what would lead in a circle, into nothing, or out of what is discreet."""
    if original.pk == question.pk or original.duplicate_of_id or original.merged_into_id:
        raise CanNotJoin(_("This leads back to the same question. Please choose the other one."))
    if original.hidden_at or original.held_at or original.deleted_at:
        raise CanNotJoin(_("There is no question at this address."))
    if original.is_closed:
        raise CanNotJoin(_("That question is closed. Please choose one that takes answers."))
    if question.topic.discreet != original.topic.discreet:
        raise CanNotJoin(_("What is discreet is not joined with what everybody can find."))
    if merging and PublicConsent._base_manager.filter(question__in=(question.pk, original.pk)).exists():
        raise CanNotJoin(_("What came out of a private conversation is not merged: its customer can take it back."))
    if merging and _has_open_door(question):
        raise CanNotJoin(_("Part of this is being settled in private. Please mark it as asked before, or wait."))


def _has_open_door(question: Question) -> bool:
    """Somebody was asked into private and has not decided, or the room or the sentence about it is still open."""
    open_room = Q(conversation__in=Conversation._base_manager.filter(closed_at=None).values("pk"))
    undecided = Q(outcome_proposed_at__isnull=False, outcome_agreed_at=None, outcome_declined_at=None)
    doors = Door._base_manager.filter(question=question, declined_at=None)
    return doors.filter(open_room | undecided | Q(agreed_at=None)).exists()
