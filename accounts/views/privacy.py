"""One's own data: a copy of everything, and the end of the account."""

from __future__ import annotations

from typing import Any

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.erase_form import EraseForm
from accounts.erasure import erase_account
from accounts.exports import TooSoon, last_export, next_export_at, request_export
from accounts.models import DataExport
from accounts.owners import LastOwner


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@reauthentication_required(allow_get=True)
def data(request: HttpRequest) -> HttpResponse:
    """Asks for a copy, and says how far it is."""
    if request.method == "POST":
        return _request_copy(request)
    export = last_export(request.user)  # type: ignore[arg-type]
    context = {
        "export": export,
        "state": export.state if export else "none",
        "again_at": next_export_at(request.user),  # type: ignore[arg-type]
    }
    return render(request, "accounts/data.html", context)


def _request_copy(request: HttpRequest) -> HttpResponse:
    try:
        request_export(user=request.user)  # type: ignore[arg-type]
    except TooSoon:
        messages.info(request, _("You asked for a copy less than a day ago."))
    else:
        messages.success(request, _("We are making your copy. You get an e-mail when it is ready."))
    return redirect("accounts:data")


@require_safe
@login_required
def data_file(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The file, for whose data it is; for everybody else there is none."""
    exports = DataExport.objects.to_fetch(timezone.now()).filter(user=request.user.pk)
    export = get_object_or_404(exports, public_id=public_id)
    try:
        file = export.path.open("rb")
    except OSError as missing:
        raise Http404 from missing
    name = f"{timezone.localdate(export.requested_at):%Y-%m-%d}-{request.get_host().partition(':')[0]}.zip"
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@reauthentication_required(allow_get=True)
def erase(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    form = EraseForm(request.POST or None, user=user)
    if form.is_valid():
        try:
            erase_account(user=user, **form.chosen)
        except LastOwner:  # since the form was looked at, the other one has left
            form.refuse()
        else:
            logout(request)
            return render(request, "accounts/erased.html")
    return render(
        request,
        "accounts/erase.html",
        {"form": form, "backup_days": settings.BACKUP_DAYS},
        status=422 if form.errors else 200,
    )
