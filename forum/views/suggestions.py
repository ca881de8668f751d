"""This solves it: somebody found before asking what they looked for."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.limits import address_of, within_limit
from forum.actions.suggestions import note_demand_met
from forum.requests import SiteRequest
from forum.suggestions import found_by, key_of


@require_POST
def question_solved(request: SiteRequest) -> HttpResponse:
    """Counts it, a few times an hour for each network and once a day for each thing, and thanks in any case."""
    found = found_by([request.POST.get("solves", "")], request.user)
    if not found:
        raise Http404
    one = found[0]
    once = f"{key_of(one)} {address_of(request)}"
    if within_limit(request, "solved") and within_limit(request, "solved_once", key=once):
        note_demand_met(one)
    messages.success(request, _("Good that you found it. Thank you for telling us."))
    return redirect(one)
