"""The Desk: what waits for us, and the staff member's own card."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import StaffCard
from forum.actions.cards import save_card
from forum.desk import desk_of
from forum.forms.staff_card import StaffCardForm
from forum.models import Conversation, Topic
from forum.paging import queue_page
from forum.permissions import can_write
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
        # Only an owner can put somebody there; nobody else needs to know.
        "left_alone": Topic.objects.public().left_alone() if request.user.is_owner else [],
    }
    return render(request, "forum/desk.html", context)


@require_http_methods(["GET", "POST"])
@staff_required
def desk_card(request: SignedInRequest) -> HttpResponse:
    """One's own card; who has none yet makes one here."""
    if not can_write(request.user):
        raise PermissionDenied(_("You can not write at the moment."))
    card = StaffCard.objects.filter(user=request.user).first() or StaffCard(user=request.user)
    form = StaffCardForm(request.POST or None, request.FILES or None, instance=card)
    if request.method == "POST" and form.is_valid():
        save_card(
            card=form.instance,
            portrait=form.cleaned_data["portrait"],
            remove_portrait=form.cleaned_data.get("remove_portrait", False),
        )
        messages.success(request, _("Your card was saved."))
        return redirect("forum:desk_card")
    return render(request, "forum/desk_card.html", {"form": form, "card": card}, status=422 if form.errors else 200)
