"""The team confirms that somebody is a customer, and takes it back."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from accounts.verifying import OrderVouchesAlready, undo_verification, verify_customer
from forum.forms.verification import VerificationForm, vouches_already
from forum.permissions import can_verify
from forum.requests import SignedInRequest
from forum.views.people import is_found_by, person_called
from forum.views.staff import staff_required
from forum.views.writing import form_for, show_form


@sensitive_post_parameters("order_number")
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(no_store=True, private=True)
@staff_required
def person_verify(request: SignedInRequest, nickname: str) -> HttpResponse:
    """The answer to the form shows the number, once: it stands in no session, no cookie and no table."""
    person = _customer(request, nickname)
    if person.verified_at:
        return redirect("forum:person_detail", person.nickname)
    form = form_for(request, VerificationForm)
    if form.is_valid():
        number = form.cleaned_data["order_number"]
        try:
            verify_customer(user=person, order_number=number, by=request.user)
        except OrderVouchesAlready:
            form.add_error("order_number", vouches_already())
        else:
            return render(request, "forum/person_verified.html", {"person": person, "order_number": number})
    return show_form(request, "forum/person_verify.html", form, person=person)


@require_POST
@staff_required
def person_unverify(request: SignedInRequest, nickname: str) -> HttpResponse:
    person = _customer(request, nickname)
    undo_verification(user=person, by=request.user)
    messages.success(request, _("%(name)s is not a verified customer any more.") % {"name": person.nickname})
    return redirect("forum:person_detail", person.nickname)


def _customer(request: SignedInRequest, nickname: str) -> User:
    """Raises Http404, or PermissionDenied for somebody who is no customer."""
    person = person_called(nickname, request.user)
    if not is_found_by(person, request.user):
        raise Http404
    if not can_verify(request.user, person):
        raise PermissionDenied(_("Only customers can be verified, and nobody can verify themselves."))
    return person
