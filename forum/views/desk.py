"""The Desk: what waits for us."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import User
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
    private_count, faq_count = _counts_elsewhere(request.user)
    context = {
        "desk": desk,
        "page": page,
        "private_count": private_count,
        "faq_count": faq_count,
        "is_disk_short": request.user.is_owner and is_disk_short(),
        # Only an owner can put somebody there; nobody else needs to know.
        "left_alone": desk.left_alone,
    }
    return render(request, "forum/desk.html", context)


def _counts_elsewhere(user: User) -> tuple[int, int]:
    """Conversations that wait for the person, and entries of the FAQ to be looked at again: in one query."""
    private = Conversation.objects.visible_to(user).served_by(user).awaiting_staff()
    entries = FaqEntry.objects.visible_to(user).review_due()
    return User.objects.filter(pk=user.pk).values_list(_count(private), _count(entries)).get()


def _count(rows: QuerySet[Any]) -> Coalesce:
    number = rows.order_by().values(together=Value(1)).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(number), 0)
