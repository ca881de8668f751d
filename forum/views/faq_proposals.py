"""What should become an entry, and what readers said of those that are there. For the team."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from forum.actions.faq_feedback import dismiss_proposal
from forum.faq_candidates import proposals
from forum.faq_merged import family
from forum.faq_workshop import said_of
from forum.models import FaqEntry, FaqFeedback
from forum.paging import numbered_page
from forum.permissions import can_edit_faq
from forum.requests import SignedInRequest
from forum.views.staff import staff_required


@require_safe
@staff_required
def desk_faq_proposals(request: SignedInRequest) -> HttpResponse:
    return render(request, "forum/desk_faq_proposals.html", {"proposals": proposals()})


@require_POST
@staff_required
def desk_faq_dismiss(request: SignedInRequest) -> HttpResponse:
    """Only what is proposed can be dismissed: with the number of today, not one that somebody sends."""
    if not can_edit_faq(request.user):
        raise PermissionDenied
    subject = request.POST.get("subject", "")
    proposal = next((one for one in proposals() if one.subject == subject), None)
    if proposal:
        dismiss_proposal(subject=subject, demand=proposal.demand, by=request.user)
        messages.success(request, _("It is proposed again when twice as many ask for it."))
    return redirect("forum:desk_faq_proposals")


@require_safe
@staff_required
def faq_feedback(request: SignedInRequest, pk: int) -> HttpResponse:
    """What readers said of an entry, and of those that were merged into it; newest first."""
    entry = get_object_or_404(FaqEntry.objects.visible_to(request.user), pk=pk)
    said = FaqFeedback.objects.visible_to(request.user).filter(entry__in=family(entry)).exclude(text="")
    page = numbered_page(said.order_by("-created_at", "-pk"), after=request.GET.get("after", ""))
    return render(request, "forum/faq_feedback.html", {"entry": entry, "said": said_of(entry), "page": page})
