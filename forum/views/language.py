"""Which language a reader wants: kept in a cookie that is set only by choosing."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from forum.middleware import company_of


# Without the token, so that a reader who never signs in needs no cookie for it; a stranger could at worst
# make a page speak English.
@csrf_exempt
@require_POST
def language_set(request: HttpRequest) -> HttpResponse:
    # Not by Django's redirect(), which would look for a page of that name.
    response = HttpResponseRedirect(_way_back(request))
    language = request.POST.get("language", "")
    if language in company_of(request).language_codes:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite=settings.LANGUAGE_COOKIE_SAMESITE,  # type: ignore[arg-type]
        )
    return response


def _way_back(request: HttpRequest) -> str:
    wished = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wished, {request.get_host()}, require_https=request.is_secure())
    return wished if safe else reverse("forum:home")
