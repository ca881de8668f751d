"""The way into the team: whoever holds the link makes an account, or brings one along."""

from __future__ import annotations

from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.factors import needs_second_factor
from accounts.forms import JoinForm
from accounts.joining import address_is_taken, is_for_another
from accounts.models import Invitation, State, User
from forum.actions.invitations import ForSomebodyElse, InvitationOver, join, join_as_new
from forum.middleware import written_language
from forum.permissions import can_write
from forum.requests import SignedInRequest


@require_http_methods(["GET", "POST"])
@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Looking changes nothing: programs that open every link of a letter use none of them up."""
    found = Invitation.objects.called_by(token)
    if found is None:
        return render(request, "forum/invitation_over.html", status=404)
    if not found.is_pending:
        return _over(request, found.state)
    try:
        return _bring(request, found) if request.user.is_authenticated else _make(request, found)  # type: ignore[arg-type]
    except InvitationOver:
        return _over(request, Invitation.objects.select_related("invited_by").get(pk=found.pk).state)


def _bring(request: SignedInRequest, found: Invitation) -> HttpResponse:
    """With an account that is signed in, after a page that says what happens to it."""
    if not can_write(request.user):
        raise PermissionDenied
    if is_for_another(request.user, found):
        return _foreign(request)
    if request.POST.get("join") != "yes":
        return render(request, "forum/invitation.html", {"invitation": found})
    try:
        user = join(invitation=found, user=request.user)
    except ForSomebodyElse:  # the address became somebody else's in the same moment
        return _foreign(request)
    update_session_auth_hash(request, user)  # with a new key; all other sessions are over
    messages.success(request, _welcome(user))
    return redirect("forum:desk_card")


def _make(request: HttpRequest, found: Invitation) -> HttpResponse:
    """With a new account. The link came to the address, so there is no code to type."""
    form = JoinForm(request.POST if request.method == "POST" else None, email=found.email)
    has_account = address_is_taken(found.email)
    if not has_account and form.is_valid():
        said, language = form.cleaned_data, written_language(get_language() or "")
        try:
            user = join_as_new(
                invitation=found, nickname=said["nickname"], password=said["password"], language=language
            )
        except IntegrityError:  # the same name was sent by somebody else in the same moment
            form.full_clean()
            has_account = address_is_taken(found.email)
        else:
            messages.success(request, _welcome(user))
            response: HttpResponse = perform_login(request, user, redirect_url=reverse("forum:desk_card"), signup=True)
            return response
    status = 422 if request.method == "POST" else 200
    context = {"invitation": found, "form": form, "has_account": has_account}
    return render(request, "forum/invitation_new.html", context, status=status)


def _over(request: HttpRequest, state: State) -> HttpResponse:
    return render(request, "forum/invitation_over.html", {"state": state}, status=410)


def _foreign(request: HttpRequest) -> HttpResponse:
    return render(request, "forum/invitation_over.html", {"state": "foreign"}, status=403)


def _welcome(user: User) -> str:
    """Who must set up a second factor first does not see the card yet."""
    if needs_second_factor(user):
        return _("Welcome to the team.")
    return _("Welcome to the team. This is your card: customers see it beside your answers.")
