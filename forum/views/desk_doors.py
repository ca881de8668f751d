"""What waits for whom at the doors between public and private, as far as this member of the team may know."""

from __future__ import annotations

from functools import reduce
from operator import attrgetter, or_
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from forum.models import Door, PublicDraft
from forum.requests import SignedInRequest
from forum.views.private_room import private_room
from forum.views.staff import staff_required

if TYPE_CHECKING:
    from accounts.models import User

# Rows of each list; what is decided makes room.
MOST, MOST_DECLINED = 50, 10


@require_safe
@staff_required
@private_room
def desk_doors(request: SignedInRequest) -> HttpResponse:
    doors, drafts = _doors(request.user), _drafts(request.user)
    declined = [door for door in doors if door.declined_at]
    context = {
        "invitations": [door for door in doors if door.awaits_asker],
        "declined": sorted(declined, key=attrgetter("declined_at"), reverse=True),
        "without_outcome": [door for door in doors if door.is_settled and not door.outcome_proposed_at],
        "outcomes": [door for door in doors if door.awaits_outcome_decision],
        "returned": [draft for draft in drafts if draft.returned_at],
        "offered": [draft for draft in drafts if not draft.returned_at],
    }
    return render(request, "forum/desk_doors.html", context)


def _doors(user: User) -> list[Door]:
    """Of each list the first ones; no door stands in two of them."""
    doors = Door.objects.visible_to(user).order_by("opened_at", "pk")
    behind = doors.behind(user)
    wanted = (
        doors.awaiting_asker()[:MOST],
        doors.declined().order_by("-declined_at")[:MOST_DECLINED],
        behind.without_outcome()[:MOST],
        behind.with_outcome_awaiting()[:MOST],
    )
    return list(doors.filter(_in_one_of(*wanted)).select_related("question", "conversation"))


def _drafts(user: User) -> list[PublicDraft]:
    drafts = PublicDraft.objects.visible_to(user).served_by(user).order_by("offered_at", "pk")
    rows = drafts.filter(_in_one_of(drafts.awaiting_staff()[:MOST], drafts.awaiting_customer()[:MOST]))
    return list(rows.select_related("conversation__topic", "conversation__customer"))


def _in_one_of(*lists: QuerySet[Any]) -> Q:
    return reduce(or_, (Q(pk__in=rows.values("pk")) for rows in lists))
