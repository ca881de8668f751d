"""What the law and good manners ask a company to say about itself, and when it is there."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, IntegerField, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.disclosure import cookies, disclosure, receivers
from forum.middleware import company_of, written_language
from forum.models import LegalPage, Rule
from forum.opening import opening_at

SERVICE_HOURS = "service-hours"


@require_safe
def about(request: HttpRequest, page: str) -> HttpResponse:
    if page == SERVICE_HOURS:
        return _service_hours(request)
    if page not in LegalPage.Kind.values:
        raise Http404
    context = {
        "kind": LegalPage.Kind(page),
        "legal_page": _latest(page, written_language(request.LANGUAGE_CODE)),
        "rules": Rule.choices,
        **(_disclosure() if page == LegalPage.Kind.PRIVACY else {}),
    }
    return render(request, "forum/about.html", context)


def _disclosure() -> dict[str, Any]:
    """What the company's own text need not say, because the software knows it better."""
    return {"disclosure": disclosure(), "cookies": list(cookies()), "receivers": receivers()}


def _latest(kind: str, language: str) -> LegalPage | None:
    """The newest version in the reader's language, else in the other."""
    spoken = Case(When(language=language, then=0), default=1, output_field=IntegerField())
    return LegalPage.objects.filter(kind=kind).order_by(spoken, "-version").first()


def _service_hours(request: HttpRequest) -> HttpResponse:
    hours = company_of(request).service_hours
    context = {
        "rows": hours.rows(),
        "opening": opening_at(company_of(request), timezone.now()),
        "today": timezone.localdate(),
    }
    return render(request, "forum/service_hours.html", context)
