"""Where a link may lead and where an image may come from.

Decided twice, by the parser and again by the sanitiser, with the same two functions.
"""

from __future__ import annotations

import re

from forum.markdown.pictures import is_upload

EXTERNAL_REL = "nofollow ugc noopener"
SCHEMES = frozenset({"http", "https", "mailto"})

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE | re.ASCII)
# Browsers drop control characters and read a backslash as a slash (https://url.spec.whatwg.org/#url-parsing).
_MISREAD = re.compile(r"[\x00-\x20\x7f\\]")


def is_allowed_link(url: str) -> bool:
    """http, https and mailto, and links within this site; not "//host", which leads elsewhere."""
    if _MISREAD.search(url) or url.startswith("//"):
        return False
    scheme = _SCHEME.match(url)
    if not scheme:
        return True
    name = scheme[1].lower()
    return name in SCHEMES and (name == "mailto" or is_external_link(url))


def is_external_link(url: str) -> bool:
    return url.lower().startswith(("http://", "https://"))


def is_own_image(url: str) -> bool:
    """Whether the image is one of our uploads: a foreign one would tell its host who reads this page."""
    return is_upload(url)
