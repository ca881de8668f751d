"""What others wrote is named in THIRD_PARTY.md, and is here as they published it."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NAMED = re.findall(r"^\| `([^`]+)` .* `([0-9a-f]{64})` \|$", (ROOT / "THIRD_PARTY.md").read_text(), re.MULTILINE)


def test_every_copied_file_is_as_it_was_published() -> None:
    assert NAMED
    assert {path: sha256((ROOT / path).read_bytes()).hexdigest() for path, _hash in NAMED} == dict(NAMED)


def test_no_copied_file_is_forgotten() -> None:
    copied = {
        str(file.relative_to(ROOT))
        for app in ("accounts", "forum", "tests")
        for file in ROOT.glob(f"{app}/**/vendor/*")
    }
    copied |= {str(file.relative_to(ROOT)) for file in ROOT.glob("static/**/*.min.*")}
    assert copied == {path for path, _hash in NAMED}
