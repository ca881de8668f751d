"""The score the Mozilla Observatory would give a response, and the markup our policy would refuse to run.

After https://developer.mozilla.org/en-US/observatory/docs/tests_and_scoring: a response begins with 100 points,
loses some for what is missing or weak, and gains some only if it kept at least 90.
"""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from http.cookies import Morsel
from typing import Any

SIX_MONTHS = 15_768_000  # seconds
PRIVATE_REFERRERS = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
DATA = {"application/json", "application/ld+json"}
SESSION_WORDS = ("sess", "login", "csrf", "auth")


# Pictures may not even ask who frames them: their policy is `sandbox`.
STRICT = {"default-src": ["'none'"], "script-src": ["'self'"], "style-src": ["'self'"], "base-uri": ["'none'"]}
ENOUGH = 140  # points


def weak_points(response: Any, path: str, *, markup: bool = True) -> list[str]:
    found = [f"{path}: {score(response)} points"] if score(response) < ENOUGH else []
    if response.headers.get("Content-Type", "").startswith("text/html"):
        csp = policy(response)
        found += [f"{path}: {name} {csp.get(name)}" for name, sources in STRICT.items() if csp.get(name) != sources]
        found += [f"{path}: {tag}" for tag in refused_markup(response.content.decode())] if markup else []
    return found


def score(response: Any) -> int:
    kept = 100 - sum(_penalties(response))
    return kept + sum(_bonuses(response)) if kept >= 90 else kept


def policy(response: Any) -> dict[str, list[str]]:
    directives = [part.split() for part in response.headers.get("Content-Security-Policy", "").split(";")]
    return {words[0]: words[1:] for words in directives if words}


def _penalties(response: Any) -> Iterator[int]:
    headers, csp = response.headers, policy(response)
    scripts = csp.get("script-src", csp.get("default-src", ["*"]))
    if not csp:
        yield 25
    elif {"'unsafe-inline'", "*", "data:", "https:", "http:"} & set(scripts):
        yield 20
    if "'unsafe-eval'" in scripts:
        yield 10
    if headers.get("X-Content-Type-Options") != "nosniff":
        yield 5
    if headers.get("X-Frame-Options") not in {"DENY", "SAMEORIGIN"} and "frame-ancestors" not in csp:
        yield 20
    if "Access-Control-Allow-Origin" in headers:
        yield 50
    if headers.get("Referrer-Policy") == "unsafe-url":
        yield 5
    age = _hsts_seconds(headers.get("Strict-Transport-Security", ""))
    yield 20 if age == 0 else 10 if age < SIX_MONTHS else 0
    yield max(map(_cookie_penalty, _kept_cookies(response)), default=0)


def _bonuses(response: Any) -> Iterator[int]:
    headers, csp = response.headers, policy(response)
    words = {word for sources in csp.values() for word in sources}
    if csp.get("default-src") == ["'none'"] and not {"'unsafe-inline'", "'unsafe-eval'"} & words:
        yield 10
    for header, value in (
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Cross-Origin-Embedder-Policy", "require-corp"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
    ):
        if headers.get(header) == value:
            yield 10
    if csp.get("frame-ancestors") == ["'none'"]:
        yield 5
    if headers.get("Referrer-Policy") in PRIVATE_REFERRERS:
        yield 5
    cookies = _kept_cookies(response)
    if cookies and all(cookie["secure"] and cookie["httponly"] and cookie["samesite"] for cookie in cookies):
        yield 5


def _kept_cookies(response: Any) -> list[Morsel[str]]:
    """Those a browser keeps: a cookie that is taken back is sent once more, empty and of age 0."""
    return [cookie for cookie in response.cookies.values() if str(cookie["max-age"]) != "0"]


def _cookie_penalty(cookie: Morsel[str]) -> int:
    session = any(word in cookie.key for word in SESSION_WORDS)
    if not cookie["secure"]:
        return 40 if session else 20
    if session and not cookie["httponly"]:
        return 30
    return 0 if cookie["samesite"] in {"Lax", "Strict"} else 20


def _hsts_seconds(header: str) -> int:
    ages = [part.split("=")[1] for part in header.replace(" ", "").split(";") if part.startswith("max-age=")]
    return int(ages[0]) if ages else 0


class _Refused(HTMLParser):
    """Collects what `script-src 'self'; style-src 'self'` would not run."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        # A script of data is not run.
        if tag == "script" and "src" not in given and given.get("type") not in DATA:
            self.found.append("<script>")
        if tag in {"style", "base", "object", "embed", "iframe"}:
            self.found.append(f"<{tag}>")
        for name, value in given.items():
            if name == "style" or name.startswith("on"):
                self.found.append(f"{name}={value!r} of <{tag}>")
            # The page's own proper address is read by search engines and loaded by nobody.
            if (tag, given.get("rel"), name) == ("link", "canonical", "href"):
                continue
            if name in {"href", "src", "action", "formaction"} and _is_foreign_or_code(tag, name, value):
                self.found.append(f"{name}={value!r} of <{tag}>")


def _is_foreign_or_code(tag: str, name: str, value: str) -> bool:
    if value.strip().lower().startswith(("javascript:", "vbscript:", "data:text")):
        return True
    leads_away = value.startswith(("http://", "https://", "//"))
    return leads_away and (name != "href" or tag == "link")


def refused_markup(html: str) -> list[str]:
    parser = _Refused()
    parser.feed(html)
    return parser.found
