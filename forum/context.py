"""What every page knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from forum.middleware import written_language
from forum.models import Company


def site(request: HttpRequest) -> dict[str, Any]:
    company = getattr(request, "company", None) or Company(pk=1)
    return {
        "company": company,
        "tone": company.tone,
        "demo": settings.DEMO,
        "html_lang": written_language(getattr(request, "LANGUAGE_CODE", "en")),
    }
