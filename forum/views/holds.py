"""For owners: keep a private conversation because the law asks for it, and let it go. Nothing of it is shown."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from forum.actions.holds import HeldAlready, HoldEnded, NoSuchConversation, end_hold, place_hold
from forum.forms.rooms import HoldEndForm, HoldForm
from forum.models import LegalHold
from forum.requests import SignedInRequest
from forum.views.staff import proven_owner_required
from forum.views.writing import form_for, show_form

SHOWN = 100


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("number", "reason")
@cache_control(no_store=True, private=True)
@proven_owner_required
def desk_holds(request: SignedInRequest) -> HttpResponse:
    form = form_for(request, HoldForm, initial={"number": request.GET.get("number", "")[:200]})
    if form.is_valid():
        try:
            place_hold(by=request.user, **form.cleaned_data)
        except NoSuchConversation:
            form.add_error("number", _("There is no conversation with this number."))
        except HeldAlready:
            form.add_error("number", _("This conversation is kept already."))
        else:
            messages.success(request, _("The conversation is kept. Its customer can read that in it."))
            return redirect("forum:desk_holds")
    holds = LegalHold.objects.select_related("conversation__topic")[:SHOWN]
    return show_form(request, "forum/desk_holds.html", form, holds=holds)


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("reason")
@cache_control(no_store=True, private=True)
@proven_owner_required
def desk_hold_end(request: SignedInRequest, hold: int) -> HttpResponse:
    found = get_object_or_404(LegalHold, pk=hold)
    form = form_for(request, HoldEndForm)
    if not form.is_valid():
        return show_form(request, "forum/desk_hold_end.html", form, hold=found)
    try:
        end_hold(hold=found, by=request.user, reason=form.cleaned_data["reason"])
    except HoldEnded:
        messages.info(request, _("This was ended already."))
    else:
        messages.success(request, _("The conversation is not kept any longer."))
    return redirect("forum:desk_holds")
