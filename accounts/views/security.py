"""What protects one's account, on one page; and where it is open at the moment."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.usersessions.internal.flows.sessions import end_other_sessions
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.factors import codes_left, codes_left_words, needs_second_factor
from accounts.failed_tries import failed_tries
from accounts.models import User


@require_safe
@login_required
def security(request: HttpRequest) -> HttpResponse:
    user: User = request.user  # type: ignore[assignment]
    rows = list(Authenticator.objects.filter(user=user).order_by("created_at"))
    codes = next((row for row in rows if row.type == Authenticator.Type.RECOVERY_CODES), None)
    context = {
        "passkeys": [row for row in rows if row.type == Authenticator.Type.WEBAUTHN],
        "app": next((row for row in rows if row.type == Authenticator.Type.TOTP), None),
        "codes": codes,
        "codes_left": codes_left_words(codes_left(codes)) if codes else "",
        "has_password": user.has_usable_password(),
        "has_factor": len(rows) > bool(codes),
        "is_needed": needs_second_factor(user),
        "tries": failed_tries(request, user),
        "session_count": len(UserSession.objects.purge_and_list(user)),
    }
    return render(request, "accounts/security.html", context)


@login_required
def sessions(request: HttpRequest) -> HttpResponse:
    """The current one first. A POST ends all others."""
    user: User = request.user  # type: ignore[assignment]
    if request.method == "POST":
        end_other_sessions(request, user)
        messages.success(request, _("You are signed out everywhere else."))
        return redirect("usersessions_list")
    rows = UserSession.objects.purge_and_list(user)
    key = request.session.session_key
    rows.sort(key=lambda row: (row.session_key != key, -row.last_seen_at.timestamp()))
    return render(request, "accounts/sessions.html", {"sessions": rows, "key": key})


@require_POST
@login_required
def session_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Raises Http404 for a session that is over, and for those of others."""
    session = get_object_or_404(UserSession, pk=pk, user=request.user)
    is_this = session.session_key == request.session.session_key
    session.end()
    if is_this:
        logout(request)
        return redirect("account_login")
    messages.success(request, _("You are signed out there."))
    return redirect("usersessions_list")


@require_POST
@login_required
def device_letters(request: HttpRequest) -> HttpResponse:
    """Whether a sign-in on a new device is told by e-mail: field `on`."""
    wanted = bool(request.POST.get("on"))
    user: User = request.user  # type: ignore[assignment]
    User.objects.filter(pk=user.pk).update(new_device_letters=wanted)
    yes, no = _("We write to you when somebody signs in on a new device."), _("We do not write about new devices.")
    messages.success(request, yes if wanted else no)
    return redirect("mfa_index")
