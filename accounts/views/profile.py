"""One's own account: what others see, what only oneself sees, and where to change it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from accounts.forms import LanguageForm


@login_required
def profile(request: HttpRequest) -> HttpResponse:
    form = LanguageForm(request.POST or None, instance=request.user, languages=_languages(request))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Our e-mails come in this language from now on."))
        return redirect("accounts:profile")
    return render(request, "accounts/profile.html", {"form": form}, status=422 if form.errors else 200)


def _languages(request: HttpRequest) -> list[tuple[str, str]]:
    """Those the company speaks, each by its own name."""
    codes: list[str] = request.company.language_codes  # type: ignore[attr-defined]
    return [(code, get_language_info(code)["name_local"].capitalize()) for code in codes]
