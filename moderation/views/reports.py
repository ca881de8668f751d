"""Report something; open to everybody, with or without an account."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.letter_limits import letter_key
from accounts.limits import within_limit
from forum.actions.sending import send_once
from forum.requests import SiteRequest
from forum.views.sheet import Sheet, sheet_for
from forum.views.writing import form_for, show_form
from moderation.actions.notices import report as report_target
from moderation.forms import ReportForm
from moderation.models import Notice
from moderation.targets import Target, public_target, title_of, writer_of


def report(request: SiteRequest, kind: str, target_id: str) -> HttpResponse:
    target = public_target(kind, target_id)
    if target is None:
        raise Http404
    form = form_for(request, ReportForm, known=request.user.is_authenticated)
    sheet = sheet_for(request, "report", f"{kind}:{target_id}")
    if form.is_valid():
        if _within_limits(request, form):
            return _take_in(request, target, form, sheet)
        form.add_error(
            None,
            _("This was tried too often in a short time. Please wait a few minutes and try again. Nothing is lost."),
        )
    shown: dict[str, Any] = {
        "kind": kind,
        "target_id": target_id,
        "title": title_of(target),
        "writer": writer_of(target, request.user),
    }
    response = show_form(request, "moderation/report.html", form, sheet=sheet, target=target, **shown)
    if form.is_bound and NON_FIELD_ERRORS in form.errors:
        response.status_code = 429
    return response


def _within_limits(request: SiteRequest, form: ReportForm) -> bool:
    email = form.cleaned_data.get("email", "")
    if not within_limit(request, "report"):
        return False
    return not email or within_limit(request, "report_receipt", key=letter_key(request, email))


def _take_in(request: SiteRequest, target: Target, form: ReportForm, sheet: Sheet) -> HttpResponse:
    said = form.cleaned_data
    # A program that filled the field nobody sees is answered like a person, and forgotten.
    if not said["homepage"]:
        write = partial(
            report_target,
            target=target,
            reporter=request.user if request.user.is_authenticated else None,
            name=said.get("name", ""),
            email=said.get("email", ""),
            rule=said["rule"],
            reason=said["reason"],
        )
        send_once(sheet.sent, Notice, write)
    messages.success(request, _("Thank you. We look at it and decide; nothing is removed by a report alone."))
    return redirect(target.get_absolute_url())
