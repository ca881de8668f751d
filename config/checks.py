"""What `manage.py check --deploy` says about a site that is about to open. Only the last asks the database."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DatabaseError

from accounts.rotation import census


@register(Tags.security, deploy=True)
def check_public_site(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    host = urlsplit(settings.BASE_URL).hostname or ""
    if _is_local(host):
        return []
    checks = [
        (
            settings.DEMO,
            Error(
                "DEMO is on, but BASE_URL is a public address.",
                hint="Everybody knows the demonstration's passwords and can read its letters. Remove DEMO.",
                id="config.E001",
            ),
        ),
        (
            host not in settings.ALLOWED_HOSTS and "*" not in settings.ALLOWED_HOSTS,
            Error("The host of BASE_URL is not in ALLOWED_HOSTS.", id="config.E002"),
        ),
        (
            settings.EMAIL_BACKEND.endswith((".console.EmailBackend", ".dummy.EmailBackend")),
            Warning(
                "No letter leaves this site.",
                hint="Set EMAIL_URL, such as submission://name:password@mail.example.com:587",
                id="config.W001",
            ),
        ),
        (
            settings.DEFAULT_FROM_EMAIL.rstrip(">").endswith("@localhost"),
            Warning("DEFAULT_FROM_EMAIL is an address nobody can answer.", id="config.W002"),
        ),
    ]
    return [message for wrong, message in [*checks, *_entrance()] if wrong]


def _entrance() -> list[tuple[bool, CheckMessage]]:
    """What would let strangers in, or shut everybody out."""
    return [
        (
            settings.HTTPS and not settings.TRUSTED_PROXY_COUNT,
            Error(
                "BASE_URL begins with https, but TRUSTED_PROXY_COUNT is 0.",
                hint="Behind a web server that ends HTTPS, visitors would be redirected without end and "
                "limits would count all of them as one. Set TRUSTED_PROXY_COUNT=1.",
                id="config.E003",
            ),
        ),
        (
            "unix:" in settings.GUNICORN_CMD_ARGS and not settings.TRUSTED_PROXY_COUNT,
            Error(
                "The site listens at a unix socket, but TRUSTED_PROXY_COUNT is 0.",
                hint="A socket has no address, so limits would count all visitors as one. Set TRUSTED_PROXY_COUNT=1.",
                id="config.E004",
            ),
        ),
        (
            not settings.STAFF_SECOND_FACTOR_REQUIRED,
            Warning(
                "STAFF_SECOND_FACTOR_REQUIRED is off: a guessed password opens what staff may see.",
                id="config.W004",
            ),
        ),
    ]


@register(Tags.database, deploy=True)
def check_master_keys(app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Whether ENCRYPTION_KEYS open what is stored: with `--database default`, as Django asks no database unasked.

    Says nothing where there are no tables yet.
    """
    if not databases:
        return []
    try:
        found = census()
    except DatabaseError:
        return []
    checks = [
        (
            found.missing,
            Error(
                f"{found.missing} rows are encrypted with a key that is not in ENCRYPTION_KEYS.",
                hint="Private conversations and second factors can not be opened. Add the former key behind the first.",
                id="config.E005",
            ),
        ),
        (
            found.damaged,
            Warning(f"The keys of {found.damaged} encrypted rows are damaged.", id="config.W005"),
        ),
    ]
    return [message for wrong, message in checks if wrong]


def _is_local(host: str) -> bool:
    if host == "localhost" or host.endswith((".localhost", ".test")):
        return True
    try:
        return ip_address(host).is_private
    except ValueError:
        return False
