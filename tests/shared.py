"""Real content for tests: it lies beside the checkout and is never copied into it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


def shared(name: str) -> Path:
    """The folder of a data set such as "xss"; the test fails without it where CI is set, and is skipped elsewhere."""
    folder = DATA / name
    if not folder.is_dir():
        missing = f"The data set {name!r} is not at {folder}"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    return folder
