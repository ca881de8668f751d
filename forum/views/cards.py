"""One's own staff card; and how a person takes face and name back, or leaves the team. Nobody does that for another."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import CardConsent, StaffCard
from accounts.owners import LastOwner
from forum.actions.cards import CARD_WORDS, save_card, version_of_card, withdraw_name, withdraw_portrait
from forum.actions.revisions import Overtaken
from forum.actions.team import NotInTheTeam, leave
from forum.actions.uploads import NotStored
from forum.forms.staff_card import ServiceNameForm, StaffCardForm
from forum.permissions import can_write
from forum.requests import SignedInRequest
from forum.views.rescue import sign_in_required
from forum.views.sheet import Sheet, sheet_for
from forum.views.staff import staff_required
from forum.views.writing import form_for, show_both, show_form


@require_http_methods(["GET", "POST"])
@sign_in_required
def desk_card(request: SignedInRequest) -> HttpResponse:
    """One's own card; who has none yet makes one here. Former members find it here too: it still shows them."""
    card = StaffCard.objects.filter(user=request.user).select_related("user").first()
    if not request.user.is_staff:
        if card is None or request.method == "POST":
            raise Http404
        return _show(request, card, None)
    if not can_write(request.user):
        if card is None or request.method == "POST":
            raise PermissionDenied(_("You can not write at the moment."))
        return _show(request, card, None)
    card = card or StaffCard(user=request.user)
    sheet = sheet_for(request, "desk_card", version=version_of_card(card))
    form = StaffCardForm(request.POST or None, request.FILES or None, instance=card)
    if request.method != "POST" or not form.is_valid():
        return _show(request, card, form, sheet)
    said = {"portrait": form.cleaned_data["portrait"], "agreed_to": form.agreed_to, "version": sheet.version}
    try:
        save_card(card=form.instance, **said)
    except Overtaken:
        return _both(request, form, sheet)
    except NotStored:
        form.add_error("portrait", _("The picture could not be stored. Please try again later."))
        return _show(request, card, form, sheet)
    messages.success(request, _("Your card was saved."))
    return redirect("forum:desk_card")


def _show(
    request: SignedInRequest, card: StaffCard, form: StaffCardForm | None, sheet: Sheet | None = None
) -> HttpResponse:
    if form and form.errors and card.pk:
        card = StaffCard.objects.get(pk=card.pk)  # the form has put what was typed into the other one
    context: dict[str, Any] = {"form": form, "card": card, "sheet": sheet, **_agreed(request, card)}
    return render(request, "forum/desk_card.html", context, status=422 if form and form.errors else 200)


def _both(request: SignedInRequest, form: StaffCardForm, sheet: Sheet) -> HttpResponse:
    card = _own_card(request)
    named = [(name, str(form.fields[name].label)) for name in CARD_WORDS]
    shown = {"version": version_of_card(card), "named": named, "card": card, **_agreed(request, card)}
    return show_both(request, "forum/desk_card.html", form, card, sheet, **shown)


def _agreed(request: SignedInRequest, card: StaffCard) -> dict[str, Any]:
    if not card.pk:
        return {}
    return {"consents": CardConsent.objects.standing_of(request.user).order_by("to")}


@require_http_methods(["GET", "POST"])
@sign_in_required
def desk_card_name(request: SignedInRequest) -> HttpResponse:
    """Takes the name back, from this page and from every old answer. Open to former members as well."""
    card = _own_card(request)
    form = form_for(request, ServiceNameForm)
    if form.is_valid():
        withdraw_name(card=card, service_name=form.cleaned_data["name"])
        messages.success(request, _("Your name is gone from your card and from everything you wrote here."))
        return redirect("forum:desk_card")
    return show_form(request, "forum/desk_card_name.html", form, card=card)


@require_POST
@sign_in_required
def desk_card_portrait(request: SignedInRequest) -> HttpResponse:
    """Takes the portrait away, at once."""
    withdraw_portrait(card=_own_card(request))
    messages.success(request, _("Your portrait is deleted."))
    return redirect("forum:desk_card")


@require_http_methods(["GET", "POST"])
@staff_required
def desk_leave(request: SignedInRequest) -> HttpResponse:
    if request.method != "POST":
        return render(request, "forum/desk_leave.html")
    try:
        leave(person=request.user)
    except LastOwner:
        return render(request, "forum/desk_leave.html", {"is_last_owner": True}, status=409)
    except NotInTheTeam:  # somebody else was quicker, with the same end
        pass
    logout(request)
    messages.success(request, _("You have left the team. You are signed out everywhere."))
    return redirect("forum:home")


def _own_card(request: SignedInRequest) -> StaffCard:
    card = StaffCard.objects.filter(user=request.user).first()
    if card is None:
        raise Http404
    return card
