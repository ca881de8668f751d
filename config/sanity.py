"""What is wrong with the values of the environment: a sentence each, beginning with the variable's name.

Pure, and without Django's settings, which do not exist yet. No sentence repeats a value: it may be a secret.
"""

from __future__ import annotations

import base64
import binascii
import logging
from importlib.util import find_spec
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from environs import Env, EnvValidationError

ENCRYPTION_KEY_BYTES = 32


def unreadable(env: Env) -> list[str]:
    """The variables whose text is no number, no yes or no, or out of range."""
    try:
        env.seal()
    except EnvValidationError as error:
        messages: dict[str, Any] = dict(error.error_messages)  # type: ignore[arg-type]
        return [f"{name}: {_sentence(wrong)}" for name, wrong in messages.items()]
    return []


def missing_secrets(secret_key: str, encryption_keys: list[str]) -> list[str]:
    problems = []
    if not secret_key:
        problems.append("SECRET_KEY (or SECRET_KEY_FILE) is missing: set 50 or more random characters.")
    if not encryption_keys:
        problems.append(
            "ENCRYPTION_KEYS (or ENCRYPTION_KEYS_FILE) is missing: set 32 random bytes in base64; private "
            "conversations are encrypted with it."
        )
    return problems + [
        f"ENCRYPTION_KEYS: number {number} is not {ENCRYPTION_KEY_BYTES} bytes in base64."
        for number, key in enumerate(encryption_keys, start=1)
        if not _is_encryption_key(key)
    ]


def wrong_values(
    *, debug: bool, allowed_hosts: list[str], base_url: str, time_zone: str, log_level: str, redis_url: str,
    email: dict[str, Any] | None, unprotected_staff: bool,
) -> list[str]:  # fmt: skip
    checks = [
        (not allowed_hosts and not debug, "ALLOWED_HOSTS is missing: set the host names the site answers to."),
        (
            not _is_site_address(base_url),
            "BASE_URL must be the public address of the site without a path, such as https://questions.example.com",
        ),
        (time_zone not in available_timezones(), "TIME_ZONE must be a name such as Europe/Berlin."),
        (
            log_level not in logging.getLevelNamesMapping(),
            "LOG_LEVEL must be DEBUG, INFO, WARNING, ERROR or CRITICAL.",
        ),
        (
            bool(redis_url) and not redis_url.startswith(("redis://", "rediss://", "unix://")),
            "REDIS_URL must begin with redis://, rediss:// or unix://",
        ),
        (
            bool(redis_url) and find_spec("redis") is None,
            "REDIS_URL is set, but the package redis is not installed.",
        ),
        (
            email is not None and not email.get("EMAIL_BACKEND"),
            "EMAIL_URL must be an address such as submission://name:password@mail.example.com:587",
        ),
        (unprotected_staff, "STAFF_SECOND_FACTOR_REQUIRED can be false in a demonstration only (DEMO=true)."),
    ]
    return [sentence for wrong, sentence in checks if wrong]


def _is_site_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and not (parts.path or parts.query)


def _is_encryption_key(text: str) -> bool:
    try:
        return len(base64.b64decode(text, validate=True)) == ENCRYPTION_KEY_BYTES
    except (binascii.Error, ValueError):
        return False


def _sentence(messages: Any) -> str:
    return " ".join(map(str, messages)) if isinstance(messages, list) else str(messages)
