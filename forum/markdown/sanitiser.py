"""The last step before a page: whatever the parser does, only this gets through.

nh3 parses the HTML as a browser does and writes it anew from our own list. No svg, math, style, title,
textarea or noscript is ever on it: the known ways around such sanitisers all need one of them.
"""

from __future__ import annotations

from collections.abc import Callable

import nh3

from forum.markdown.code import LANGUAGE_CLASSES, TOKEN_CLASSES
from forum.markdown.links import EXTERNAL_REL, SCHEMES, is_allowed_link, is_own_image
from forum.markdown.pictures import SIZES, is_sources
from forum.markdown.presentation import ALIGNMENT_CLASSES, TABLE_CLASS

# fmt: off
TAGS = frozenset({
    "a", "blockquote", "br", "code", "div", "em", "h3", "h4", "h5", "h6", "hr", "img", "li", "ol", "p", "pre",
    "s", "span", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
})
# fmt: on
ATTRIBUTES = {
    "a": frozenset({"href", "rel", "title"}),
    "div": frozenset({"tabindex"}),
    "img": frozenset({"alt", "decoding", "height", "loading", "sizes", "src", "srcset", "title", "width"}),
    "ol": frozenset({"start"}),
}
_ALIGNMENTS = frozenset(ALIGNMENT_CLASSES.values())
CLASSES = {
    "code": LANGUAGE_CLASSES,
    "div": frozenset({TABLE_CLASS}),
    "span": TOKEN_CLASSES,
    "td": _ALIGNMENTS,
    "th": _ALIGNMENTS,
}
_CHECKS: dict[tuple[str, str], Callable[[str], bool]] = {
    ("a", "href"): is_allowed_link,
    ("a", "rel"): EXTERNAL_REL.__eq__,
    ("div", "tabindex"): "0".__eq__,
    ("img", "decoding"): "async".__eq__,
    ("img", "height"): str.isdecimal,
    ("img", "loading"): "lazy".__eq__,
    ("img", "sizes"): SIZES.__eq__,
    ("img", "src"): is_own_image,
    ("img", "srcset"): is_sources,
    ("img", "width"): str.isdecimal,
    ("ol", "start"): str.isdecimal,
}


def _filter(tag: str, attribute: str, value: str) -> str | None:
    check = _CHECKS.get((tag, attribute))
    return value if check is None or check(value) else None


_CLEANER = nh3.Cleaner(
    tags=TAGS,
    attributes=ATTRIBUTES,
    attribute_filter=_filter,
    allowed_classes=CLASSES,
    url_schemes=SCHEMES,
    link_rel=None,  # written by the renderer, on external links only
    strip_comments=True,
)


def sanitise(html: str) -> str:
    """The HTML with nothing in it that is not on our list."""
    return _CLEANER.clean(html)
