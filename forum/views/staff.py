"""The door of the staff's rooms."""

from __future__ import annotations

from functools import wraps
from typing import Any

from allauth.account.decorators import reauthentication_required
from django.http import Http404, HttpRequest, HttpResponse

from forum.permissions import can_change_people, is_staff
from forum.views.rescue import View, sign_in_required


def staff_required(view: View) -> View:
    """Visitors sign in first; for customers these rooms do not exist."""

    @sign_in_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_staff(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def owner_required(view: View) -> View:
    """Visitors sign in first; for everybody else but owners these rooms do not exist."""

    @sign_in_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not can_change_people(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def proven_owner_required(view: View) -> View:
    """Sending asks for password, code or passkey once more, unless that was a few minutes ago; looking does not.

    Whoever finds an owner's open window changes nobody's role with it. What was typed is sent on afterwards.
    """
    return owner_required(reauthentication_required(view, allow_get=True))
