"""Staff come in with a second factor; until it is set up, what their role opens stays shut."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.factors import needs_second_factor
from forum.views.rescue import hand_back

# What the pages in between are made of, and what says whether the site lives.
_OPEN_PATHS = ("/static/", "/media/", "/style.css", "/healthz", "/readyz", "/about/")
_OPEN_ROOMS = ("account_", "mfa_", "usersessions_")
_OPEN_NAMES = {
    "accounts:device_letters", "accounts:mailbox", "accounts:session_end", "accounts:totp_picture",
    "forum:language_set",
}  # fmt: skip


class StaffEntranceMiddleware:
    """Leads a person with a role and without a second factor to the page where it is set up.

    Shut is everything, not only the Desk: on any page a role may show more than the others see.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *args: object) -> HttpResponse | None:
        if request.path.startswith(_OPEN_PATHS) or _leads_out(request) or not needs_second_factor(request.user):
            return None
        why = _("You work here, so your account needs a second factor. Please set up a passkey or an app first.")
        if request.method == "POST":
            return hand_back(request, why, status=403)
        messages.warning(request, why)
        return redirect("mfa_index")


def _leads_out(request: HttpRequest) -> bool:
    """The pages of one's own account, and those that speak another language."""
    match = request.resolver_match
    name = match.view_name if match else ""
    return name.startswith(_OPEN_ROOMS) or name in _OPEN_NAMES
