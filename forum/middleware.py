"""Which company speaks, in which language and form of address."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header

from forum.models import Company

# These answer before anything else is known, also while the database is away.
_WITHOUT_COMPANY = ("/healthz", "/readyz", "/static/")


class CompanyMiddleware:
    """Sets `request.company`, the language and the time zone.

    The reader's own choice (a cookie set only by choosing) comes before the browser's wish; German is spoken
    with Sie or du as the company decides.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(_WITHOUT_COMPANY):
            return self.get_response(request)
        company = Company.load()
        request.company = company  # type: ignore[attr-defined]
        with translation.override(spoken_language(request, company)), timezone.override(company.zone):
            request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", written_language(request.LANGUAGE_CODE))
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response


class ReadableAddressMiddleware:
    """No text on PostgreSQL holds NUL, and nobody types it: what asks for it by path is not here, a query goes without.

    Replaced, not cut out: else what stands around it could make a new one.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info:
            raise Http404
        query = request.META.get("QUERY_STRING", "")
        if "%00" in query or "\0" in query:
            request.META["QUERY_STRING"] = query.replace("%00", "%20").replace("\0", "%20")
        return self.get_response(request)


def company_of(request: HttpRequest) -> Company:
    """The company this request came to."""
    company: Company | None = getattr(request, "company", None)
    return company or Company.load()


def spoken_language(request: HttpRequest, company: Company) -> str:
    """The catalogue to use: `en`, `de`, or `de-du` when the company says du."""
    offered = company.language_codes
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if chosen not in offered:
        chosen = _wished(request, offered)
    return _in_tone(chosen, company)


def mail_language(wished: str) -> str:
    """The catalogue for a letter to somebody who reads `wished`, or to somebody who never said."""
    company = Company.load()
    return _in_tone(wished if wished in company.language_codes else company.language_codes[0], company)


def _in_tone(language: str, company: Company) -> str:
    return "de-du" if language == "de" and company.tone == "du" else language


def written_language(code: str) -> str:
    """The language as BCP 47 knows it: du is no language of its own."""
    return code.split("-")[0]


def _wished(request: HttpRequest, offered: list[str]) -> str:
    wishes = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    for wish, _quality in wishes:
        if (code := written_language(wish)) in offered:
            return code
    return offered[0]
