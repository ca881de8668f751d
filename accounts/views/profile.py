"""One's own account: what others see, what only oneself sees, and where to change it."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.forms import LanguageForm
from accounts.models import User
from accounts.nickname_forms import AppearanceForm


@login_required
def profile(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    of_appearance = "appearance" in request.POST
    form = LanguageForm(_sent(request, not of_appearance), instance=user, languages=_languages(request))
    appearance = AppearanceForm(_sent(request, of_appearance), user=user)
    if form.is_bound and form.is_valid():
        form.save()
        messages.success(request, _("Our e-mails come in this language from now on."))
        return redirect("accounts:profile")
    if appearance.is_bound and appearance.is_valid():
        appearance.save()
        messages.success(request, _("Saved. Others see you like this from now on."))
        return redirect("accounts:profile")
    context = {"form": form, "appearance": appearance}
    return render(request, "accounts/profile.html", context, status=422 if form.errors or appearance.errors else 200)


@require_POST
@login_required
def comment_letters(request: HttpRequest) -> HttpResponse:
    """Whether comments are told by e-mail: field `on`."""
    user, wanted = cast(User, request.user), bool(request.POST.get("on"))
    User.objects.filter(pk=user.pk).update(comment_letters=wanted)
    yes, no = _("We write to you when somebody comments on what you wrote."), _("We do not write about comments.")
    messages.success(request, yes if wanted else no)
    return redirect("accounts:profile")


def _sent(request: HttpRequest, is_meant: bool) -> QueryDict | None:
    """What was sent, for the one of the two forms that it is meant for."""
    return request.POST if request.method == "POST" and is_meant else None


def _languages(request: HttpRequest) -> list[tuple[str, str]]:
    """Those the company speaks, each by its own name."""
    codes: list[str] = request.company.language_codes  # type: ignore[attr-defined]
    return [(code, get_language_info(code)["name_local"].capitalize()) for code in codes]
