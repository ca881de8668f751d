"""Secrets from the environment, or from a file named by the environment (systemd credentials, mounts)."""

from __future__ import annotations

import os
from pathlib import Path


def file_or_value(name: str, problems: list[str]) -> str:
    """The variable `name`, else the content of the file named by `name`_FILE, else an empty string.

    A file that is named but can not be read is added to `problems`.
    """
    if value := os.environ.get(name, "").strip():
        return value
    path = os.environ.get(f"{name}_FILE", "").strip()
    if not path:
        return ""
    try:
        return Path(path).read_text().strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", "") or "it is not text"
        problems.append(f"{name}_FILE can not be read: {reason} ({path})")
        return ""


def secret_lines(name: str, problems: list[str]) -> list[str]:
    """Several secrets, parted by commas or lines; newest first."""
    return file_or_value(name, problems).replace(",", " ").split()
