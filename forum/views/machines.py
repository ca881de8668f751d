"""Small files that programs ask for."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from forum.middleware import company_of
from forum.site import absolute_url

# Rooms that hold nothing for a search engine. What must not be found is protected by the gate, not by this.
ROOMS = ("/account/", "/admin/", "/desk/", "/moderation/", "/private/", "/report/", "/search/")
SECURITY_TXT_DAYS = 180


@require_safe
@cache_control(public=True, max_age=3600)
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", *(f"Disallow: {room}" for room in ROOMS)]
    lines += ["", f"Sitemap: {absolute_url(reverse('forum:sitemap'))}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=86400)
def opensearch(request: HttpRequest) -> HttpResponse:
    """OpenSearch 1.1, https://github.com/dewitt/opensearch/blob/master/opensearch-1-1-draft-6.md"""
    context = {"search_url": absolute_url(reverse("forum:search")), "icon_url": absolute_url(static("img/favicon.svg"))}
    return render(
        request, "forum/opensearch.xml", context, content_type="application/opensearchdescription+xml; charset=utf-8"
    )


@require_safe
@cache_control(public=True, max_age=86400)
def favicon(request: HttpRequest) -> HttpResponse:
    return redirect(static("img/favicon.svg"))


@require_safe
@cache_control(public=True, max_age=86400)
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116; nothing when the operator named no contact."""
    contact = settings.SECURITY_CONTACT.strip()
    if not contact:
        raise Http404
    if "://" not in contact and not contact.startswith(("mailto:", "tel:")):
        contact = f"mailto:{contact}"
    midnight = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: {contact}",
        # Section 2.5.5: less than a year ahead; renewed every day.
        f"Expires: {(midnight + timedelta(days=SECURITY_TXT_DAYS)).isoformat()}",
        f"Preferred-Languages: {', '.join(company_of(request).language_codes)}",
        f"Canonical: {absolute_url(request.path)}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
