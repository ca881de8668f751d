"""What the editor costs: the server's time for a preview, and the bytes of its scripts on the wire."""

from __future__ import annotations

import gzip
import time
from typing import Any

from bench.markdown import POST
from bench.site import ROOT, site_in_process

PREVIEW_LIMIT_MS, SCRIPTS_LIMIT_KB = 50, 20
LENGTH = 5_000  # bytes of text
TURNS = 101


def main() -> None:
    kilobytes = sum(len(gzip.compress(file.read_bytes(), 9)) for file in _scripts()) / 1000
    print(f"editor_scripts {kilobytes:.1f} kB (limit ≤ {SCRIPTS_LIMIT_KB}; {len(_scripts())} files, each compressed)")
    with site_in_process():
        _measure()


def _scripts() -> list[Any]:
    names = ("editor.js", "editor/*.js", "drafts.js")
    return [file for name in names for file in ROOT.glob(f"static/js/{name}")]


def _measure() -> None:
    from allauth.mfa.totp.internal.auth import TOTP
    from django.conf import settings
    from django.test import Client

    from accounts.models import Role, User
    from forum.markdown import render
    from forum.models import Company

    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "preview": "100000/m/user"}
    Company.objects.create(pk=1, name="Bench", languages="de")
    client = Client()
    hanne = User.objects.create_user("hanne", "hanne@example.invalid", role=Role.STAFF)
    TOTP.activate(hanne, "JBSWY3DPEHPK3PXP")
    client.force_login(hanne)
    text = (POST * 4).encode()[:LENGTH].decode(errors="ignore")
    whole = _median(lambda: client.post("/preview/", {"text": text}, secure=True))
    alone = _median(lambda: render(text))
    print(f"preview_5_kb {whole:.1f} ms (limit ≤ {PREVIEW_LIMIT_MS}; a whole request of the team, median of {TURNS})")
    print(f"preview_to_rendering {whole / alone:.2f} ratio (the renderer alone = 1)")


def _median(act: Any) -> float:
    """Milliseconds."""
    times = []
    for _turn in range(TURNS):
        start = time.perf_counter()
        answer = act()
        times.append(1000 * (time.perf_counter() - start))
    assert getattr(answer, "status_code", 200) == 200, answer.content
    return sorted(times)[TURNS // 2]


if __name__ == "__main__":
    main()
