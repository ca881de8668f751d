"""Who decides what may stay."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from forum.permissions import can_write
from moderation.models import Party

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

View = Callable[..., HttpResponse]


def can_moderate(user: User | AnonymousUser) -> bool:
    return bool(user.is_authenticated and user.is_moderator and can_write(user))


def moderators_only(view: View) -> View:
    """For everybody else these rooms do not exist."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not can_moderate(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def reason_to_stand_aside(party: str) -> str:
    """Why somebody else decides, in a sentence; nothing for who is no party."""
    if party == Party.AUTHOR:
        return _("You wrote this yourself. Another moderator decides about it.")
    return _("You reported this yourself. Another moderator decides about it.") if party else ""
