"""The Desk: what waits for us."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from forum.desk import desk_of
from forum.disk import is_disk_short
from forum.models import Conversation, FaqEntry
from forum.paging import queue_page
from forum.requests import SignedInRequest
from forum.views.staff import staff_required


@require_safe
@staff_required
def desk(request: SignedInRequest) -> HttpResponse:
    """All questions that wait, oldest promise first; or those that wait for the asker."""
    waiting = "asker" if request.GET.get("waiting") == "asker" else "us"
    desk = desk_of(request.user, waiting=waiting, slug=request.GET.get("topic", ""), wants_own="mine" in request.GET)
    by = "promised_at" if waiting == "us" else "waiting_since"
    page = queue_page(desk.questions, by=by, after=request.GET.get("after", ""), total=desk.length)
    private = Conversation.objects.visible_to(request.user).served_by(request.user).awaiting_staff()
    context = {
        "desk": desk,
        "page": page,
        "private_count": private.count(),
        "faq_count": FaqEntry.objects.visible_to(request.user).review_due().count(),
        "is_disk_short": request.user.is_owner and is_disk_short(),
        # Only an owner can put somebody there; nobody else needs to know.
        "left_alone": desk.left_alone,
    }
    return render(request, "forum/desk.html", context)
