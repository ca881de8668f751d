"""Secrets from the environment, or from a file named by the environment (systemd credentials, mounts)."""

from __future__ import annotations

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def file_or_value(name: str) -> str:
    """The variable `name`, else the content of the file named by `name`_FILE, else an empty string.

    Raises ImproperlyConfigured when the file is named but can not be read.
    """
    if value := os.environ.get(name, "").strip():
        return value
    path = os.environ.get(f"{name}_FILE", "").strip()
    if not path:
        return ""
    try:
        return Path(path).read_text().strip()
    except OSError as error:
        raise ImproperlyConfigured(f"{name}_FILE can not be read: {error.strerror} ({path})") from error


def secret_lines(name: str) -> list[str]:
    """Several secrets, parted by commas or lines; newest first."""
    return file_or_value(name).replace(",", " ").split()
