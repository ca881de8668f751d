"""A new nickname."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.nickname_forms import NicknameForm
from accounts.renaming import ChangedLately, change_nickname


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def nickname(request: HttpRequest) -> HttpResponse:
    """Shows from when on it may be changed again, or takes a new one."""
    user = cast(User, request.user)
    if user.suspended_at:
        raise PermissionDenied(_("While your account is suspended you can not change your nickname."))
    form = NicknameForm(request.POST or None, user=user)
    if request.method == "POST" and not user.nickname_stays_until and form.is_valid() and _changes(user, form):
        messages.success(request, _("You are now called %(name)s everywhere.") % {"name": user.nickname})
        return redirect("accounts:profile")
    late = request.method == "POST" and user.nickname_stays_until
    context = {"form": form, "person": user}
    return render(request, "accounts/nickname.html", context, status=422 if form.errors or late else 200)


def _changes(user: User, form: NicknameForm) -> bool:
    """Whether it was done. Two people may want the same name at the same moment: the second reads that it is taken."""
    try:
        change_nickname(user=user, nickname=form.cleaned_data["nickname"])
    except ChangedLately:
        user.refresh_from_db()
        return False
    except IntegrityError:
        form.full_clean()
        if form.is_valid():
            form.add_error("nickname", _("This nickname is taken."))
        return False
    return True
