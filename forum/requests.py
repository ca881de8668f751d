"""What our middleware adds to a request, for the type checker: at run time these are plain requests."""

from __future__ import annotations

from django.http import HttpRequest

from accounts.models import User
from forum.models import Company


class SiteRequest(HttpRequest):
    company: Company


class SignedInRequest(SiteRequest):
    """Behind `sign_in_required`."""

    user: User
