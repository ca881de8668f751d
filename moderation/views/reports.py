"""Report something; open to everybody, with or without an account."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.limits import within_limit
from forum.requests import SiteRequest
from forum.views.writing import form_for, show_form
from moderation.actions.notices import report as report_target
from moderation.forms import ReportForm
from moderation.targets import Target, public_target, title_of, writer_of


def report(request: SiteRequest, kind: str, target_id: str) -> HttpResponse:
    target = public_target(kind, target_id)
    if target is None:
        raise Http404
    form = form_for(request, ReportForm, known=request.user.is_authenticated)
    if form.is_valid():
        return _take_in(request, target, form)
    shown = {"kind": kind, "target_id": target_id, "title": title_of(target), "writer": writer_of(target)}
    return show_form(request, "moderation/report.html", form, target=target, **shown)


def _take_in(request: SiteRequest, target: Target, form: ReportForm) -> HttpResponse:
    said = form.cleaned_data
    email = said.get("email", "")
    if not within_limit(request, "report") or (email and not within_limit(request, "report_receipt", key=email)):
        return render(request, "429.html", status=429)
    # A program that filled the field nobody sees is answered like a person, and forgotten.
    if not said["homepage"]:
        report_target(
            target=target,
            reporter=request.user if request.user.is_authenticated else None,
            name=said.get("name", ""),
            email=email,
            rule=said["rule"],
            reason=said["reason"],
        )
    messages.success(request, _("Thank you. We look at it and decide; nothing is removed by a report alone."))
    return redirect(target.get_absolute_url())
