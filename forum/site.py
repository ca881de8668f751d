"""This site as it shows itself outside: its addresses, and the head of its letters."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from accounts.site import absolute_url as absolute_url
from forum.models import Company


def letterhead() -> dict[str, Any]:
    """settings.MAIL_LETTERHEAD: who writes, as the law asks of a business letter (§ 5 DDG)."""
    company = Company.load()
    return {
        "company": company.name,
        "contact_email": company.contact_email,
        "imprint_url": absolute_url(reverse("forum:about", args=["imprint"])),
    }
