"""What waits for whom at the doors between public and private, as far as this member of the team may know."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from forum.models import Door, PublicDraft
from forum.requests import SignedInRequest
from forum.views.private_room import private_room
from forum.views.staff import staff_required

# Rows of each list; what is decided makes room.
MOST = 50


@require_safe
@staff_required
@private_room
def desk_doors(request: SignedInRequest) -> HttpResponse:
    doors = Door.objects.visible_to(request.user).select_related("question", "conversation").order_by("opened_at", "pk")
    behind = doors.behind(request.user)
    drafts = PublicDraft.objects.visible_to(request.user).served_by(request.user)
    drafts = drafts.select_related("conversation__topic", "conversation__customer").order_by("offered_at", "pk")
    context = {
        "invitations": doors.awaiting_asker()[:MOST],
        "declined": doors.declined().order_by("-declined_at")[:10],
        "without_outcome": behind.without_outcome()[:MOST],
        "outcomes": behind.with_outcome_awaiting()[:MOST],
        "returned": drafts.awaiting_staff()[:MOST],
        "offered": drafts.awaiting_customer()[:MOST],
    }
    return render(request, "forum/desk_doors.html", context)
