"""For machines that watch: is the process alive, and can it do its work?"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta

from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import OutgoingMail
from forum.disk import is_disk_short

logger = logging.getLogger(__name__)

LATE_MAIL = timedelta(minutes=15)


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    return _plain("ok\n")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """503 when something is missing that visitors would notice; says what, not why (the log does)."""
    troubles = {name: trouble for name, look in CHECKS.items() if (trouble := _trouble(look))}
    lines = [f"{name}: {troubles.get(name, 'ok')}\n" for name in CHECKS]
    return _plain("".join(lines), status=503 if troubles else 200)


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return ""


def _cache() -> str:
    word = get_random_string(12)
    cache.set("readyz", word, 10)
    # Another worker may have written its own word in between: any will do.
    return "" if cache.get("readyz") else "does not keep what it is given"


def _mail() -> str:
    oldest = OutgoingMail.objects.due(timezone.now() - LATE_MAIL).exists()
    return f"letters wait for more than {LATE_MAIL.seconds // 60} minutes; is the worker running?" if oldest else ""


def _disk() -> str:
    return "getting full; see DISK_FREE_MB" if is_disk_short() else ""


CHECKS: dict[str, Callable[[], str]] = {"database": _database, "cache": _cache, "mail": _mail, "disk": _disk}


def _trouble(look: Callable[[], str]) -> str:
    try:
        return look()
    except Exception:  # whatever is wrong, the answer is the same
        logger.exception("Not ready")
        return "does not answer"


def _plain(text: str, status: int = 200) -> HttpResponse:
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
