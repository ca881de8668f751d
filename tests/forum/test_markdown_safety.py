"""Hostile text: whatever is written, a page gets only these tags, attributes and addresses.

The list is written out here once more, on purpose: a change of the sanitiser's own list must be meant twice.
"""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.markdown import render
from forum.markdown.sanitiser import sanitise
from tests.shared import shared

UPLOAD = r"/media/uploads/[0-9a-f]{32}-\d{1,4}x\d{1,4}\.webp"
ALLOWED = {
    "a": {
        "href": r"https?://[^\s\\]+|mailto:[^\s\\]*|(?!//)(?![a-z][a-z0-9+.-]*:)[^\s\\]*",
        "rel": "nofollow ugc noopener",
        "title": r"[\s\S]*",
    },
    "img": {
        "src": UPLOAD,
        "alt": r"[\s\S]+",
        "title": r"[\s\S]*",
        "srcset": rf"{UPLOAD[:-6]}-small\.webp 800w, {UPLOAD} \d+w",
        "sizes": r"\(max-width: 42rem\) 100vw, 40rem",
        "width": r"\d+",
        "height": r"\d+",
        "loading": "lazy",
        "decoding": "async",
    },
    "code": {"class": r"(language-[a-z]+)?"},
    "span": {"class": r"([a-z][a-z0-9]{0,3})?"},
    "div": {"class": "(table-scroll)?", "tabindex": "0"},
    "td": {"class": "(align-(left|center|right))?"},
    "th": {"class": "(align-(left|center|right))?"},
    "ol": {"start": r"\d+"},
    **{tag: {} for tag in ("blockquote", "br", "em", "h3", "h4", "h5", "h6", "hr", "li", "p", "pre", "s", "strong")},
    **{tag: {} for tag in ("table", "tbody", "thead", "tr", "ul")},
}


class Inspector(HTMLParser):
    """Collects everything in a page that is not allowed."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ALLOWED:
            self.faults.append(f"<{tag}>")
            return
        for name, value in attrs:
            pattern = ALLOWED[tag].get(name)
            if pattern is None or not re.fullmatch(pattern, value or "", re.IGNORECASE):
                self.faults.append(f"<{tag} {name}={value!r}>")
        if tag == "a" and re.match("https?:", dict(attrs).get("href") or "", re.IGNORECASE):
            self.faults += [] if dict(attrs).get("rel") else ["an external link without rel"]

    def handle_comment(self, data: str) -> None:
        self.faults.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.faults.append(f"<!{decl}>")

    def handle_pi(self, data: str) -> None:
        self.faults.append(f"<?{data}>")

    def unknown_decl(self, data: str) -> None:
        self.faults.append(f"<![{data}]>")


def faults(html: str) -> list[str]:
    inspector = Inspector()
    inspector.feed(html)
    inspector.close()
    return inspector.faults


PICTURE = f"/media/uploads/{'0a' * 16}-900x900.webp"


def sinks(payload: str) -> list[str]:
    """A payload in every place of a text that the parser treats in its own way."""
    return [
        f"[a]({payload}) ![a]({payload}) <{payload}>",
        f"[a](<{payload}> '{payload}') ![{payload}]({PICTURE} \"{payload}\")",
        f"[{payload}](https://b.de) [a][{payload}]\n\n[{payload}]: {payload}\n[a]: <{payload}>",
        f"`{payload}`\n\n```{payload}\n{payload}\n```\n\n```html\n{payload}\n```\n\n    {payload}",
        f"# {payload}\n\n> {payload}\n\n- {payload}\n\n|{payload}|b|\n|-|:-:|\n|a|{payload}|",
        f"https://b.de/{payload} mailto:{payload} **{payload}** ~~{payload}~~ javascript:{payload}",
    ]


def xss_payloads() -> list[str]:
    text = (shared("xss") / "payloadbox-xss-payload-list.txt").read_text("utf-8", errors="surrogateescape")
    return sorted(set(text.splitlines()))


@pytest.mark.parametrize("half", range(2))
def test_no_payload_of_the_xss_corpus_survives(half: int) -> None:
    payloads = xss_payloads()[half::2]
    assert len(payloads) > 3_200
    for turn, payload in enumerate(payloads):
        places = sinks(payload)
        # As it is, and by turns in one of the other places.
        for text in (payload, places[turn % len(places)]):
            assert faults(render(text)) == [], text


def test_no_naughty_string_survives_anywhere() -> None:
    strings = json.loads((shared("naughty-strings") / "blns.json").read_text("utf-8"))
    assert len(strings) == 515
    for text in (text for string in strings for text in (string, *sinks(string))):
        assert faults(render(text)) == [], text


def test_the_sanitiser_alone_lets_nothing_through() -> None:
    """Even if the parser let raw HTML pass, the second wall would hold."""
    for payload in xss_payloads():
        found = [fault for fault in faults(sanitise(payload)) if "without rel" not in fault]
        assert found == [], payload


@given(st.text(alphabet="<>\"'&/=:;!-[]()*`#| \n\taAhrefscriptonm0", max_size=80))
def test_no_mixture_of_signs_becomes_markup_that_is_not_allowed(text: str) -> None:
    assert faults(render(text)) == []
    assert [fault for fault in faults(sanitise(text)) if "without rel" not in fault] == []


@pytest.mark.parametrize(
    "html",
    [
        "<script>a</script>",
        '<a href="//evil.example">a</a>',
        '<a href="javascript:a">a</a>',
        '<a rel="me" href="/a">a</a>',
        '<img src="https://evil.example/a.png">',
        '<p style="color:red" onclick="a" id="main" class="staff">a</p>',
        '<span class="staff-badge">a</span>',
        '<div class="table-scroll promise" tabindex="5">a</div>',
        "<h1>a</h1><h2>a</h2><button>a</button><form><input></form>",
        "<svg><style><img src=x onerror=alert(1)></style></svg>",
        "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    ],
)
def test_nothing_that_is_not_ours_passes_the_sanitiser(html: str) -> None:
    assert faults(sanitise(html)) == []
    assert faults(html) != []
