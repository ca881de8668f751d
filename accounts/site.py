"""Addresses of this site as they stand in letters and feeds."""

from __future__ import annotations

from urllib.parse import urljoin

from django.conf import settings


def absolute_url(path: str) -> str:
    """The path below the site's public address."""
    return urljoin(f"{settings.BASE_URL}/", path)
