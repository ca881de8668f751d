"""The site's one stylesheet: the files of static/css in a fixed order, then the company's hue."""

from __future__ import annotations

import gzip
import re
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.contrib.staticfiles import finders

LAYERS = "@layer reset, base, components, utilities, brand;\n"
# `brand` is the company's own file and may be absent; everything else is ours.
FILES = (
    "tokens", "base", "layout", "prose", "forms", "editor", "post", "badges", "faq", "private", "desk", "moderation",
    "account", "styleguide", "print", "utilities", "brand",
)  # fmt: skip


class Stylesheet(NamedTuple):
    css: bytes
    gzipped: bytes
    version: str


def stylesheet(hue: int) -> Stylesheet:
    """The finished sheet, made once per process and hue; while developing, once per change of a file."""
    if not settings.DEBUG:
        return _assembled(hue, _kept_paths(), 0.0)
    paths = _paths()
    return _assembled(hue, paths, max(Path(path).stat().st_mtime for path in paths))


def _paths() -> tuple[str, ...]:
    return tuple(path for path in (finders.find(f"css/{name}.css") for name in FILES) if path)


_kept_paths = lru_cache(maxsize=1)(_paths)  # each page has the sheet's address, and each file is looked for on disk


@lru_cache(maxsize=8)
def _assembled(hue: int, paths: tuple[str, ...], _newest: float) -> Stylesheet:
    parts = [Path(path).read_text(encoding="utf-8") for path in paths]
    css = (LAYERS + "".join(parts) + f"@layer brand {{ :root {{ --hue: {hue}; }} }}\n").encode()
    return Stylesheet(css, gzip.compress(css, 9, mtime=0), sha256(css).hexdigest()[:12])


def colour_tokens() -> list[str]:
    """The names of all colours, in the order of tokens.css."""
    path = finders.find("css/tokens.css")
    css = Path(path).read_text(encoding="utf-8") if path else ""
    return re.findall(r"--([\w-]+): (?:light-dark\(|var\()", css)
