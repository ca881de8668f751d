"""Votes and subscriptions, saved replies, private conversations, and where somebody was imported from."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

from accounts.models import Erasure
from forum.actions.attachments import discard_all_waiting
from forum.actions.conversations import delete_conversation
from forum.actions.counters import counted, recount_demand
from forum.models import (
    Answer,
    Conversation,
    Draft,
    DuplicateVote,
    Helpful,
    ImportedRecord,
    LegalHold,
    MeToo,
    SavedReply,
    Subscription,
)

BATCH = 200  # rows
ROOMS = 20


def erase_marks(erasure: Erasure) -> bool:
    """Votes go with who gave them: a count without its rows would be wrong at the next counting."""
    metoos, helpfuls = _batch(MeToo, "question_id", erasure), _batch(Helpful, "answer_id", erasure)
    follows, repeats = _batch(Subscription, "question_id", erasure), _batch(DuplicateVote, "question_id", erasure)
    given = ((MeToo, metoos), (Helpful, helpfuls), (Subscription, follows), (DuplicateVote, repeats))
    with transaction.atomic():
        for model, rows in given:
            model._default_manager.filter(pk__in=list(rows)).delete()
        recount_demand(metoos.values())
        _recount(Answer, "helpful_count", Helpful.objects.filter(answer=OuterRef("pk")), "answer", helpfuls)
    return not any(rows for _model, rows in given)


def _batch(model: Any, place: str, erasure: Erasure) -> dict[int, int]:
    """What each row stands on, by the row's key."""
    return dict(model.objects.filter(user=erasure.account_id).values_list("pk", place)[:BATCH])


def _recount(model: Any, counter: str, rows: Any, by: str, places: dict[int, int]) -> None:
    number = Coalesce(Subquery(counted(rows, by)), 0)
    model.objects.filter(pk__in=set(places.values())).update(**{counter: number})


def erase_conversations(erasure: Erasure) -> bool:
    """With the row go its key and its files.

    What the law wants kept (GDPR, Article 17(3)) stays without the person, and goes when that ends.
    """
    own = Conversation.objects.filter(customer=erasure.account_id)
    with transaction.atomic():
        rooms = list(own.not_on_hold()[:ROOMS])
        for room in rooms:
            delete_conversation(conversation=room)
    LegalHold.objects.filter(conversation__in=own, ended_at=None).update(is_deletion_due=True)
    return not rooms


def erase_drafts(erasure: Erasure) -> bool:
    """What was never sent; with the rows go their keys."""
    Draft.objects.filter(owner=erasure.account_id).delete()
    discard_all_waiting(author_id=erasure.account_id)
    return True


def erase_replies(erasure: Erasure) -> bool:
    """Saved replies that only their author saw; those of the whole team stay, without the name."""
    SavedReply.objects.filter(author=erasure.account_id, is_shared=False).delete()
    return True


def erase_origin(erasure: Erasure) -> bool:
    """The number under which another system knew this person."""
    ImportedRecord.objects.filter(kind="user", local_id=erasure.account_id or 0).delete()
    return True
