"""Every response of every address wears the armour, and no page carries what it would refuse."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import chain
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client

from accounts.models import Role, StaffCard, User
from forum.models import Company
from tests.canaries import Cast, plant
from tests.observatory import policy, refused_markup, score
from tests.test_visibility import addresses

pytestmark = pytest.mark.any_database

ENOUGH = 140
# Pictures may not even ask who frames them: their policy is `sandbox`.
STRICT = {"default-src": ["'none'"], "script-src": ["'self'"], "style-src": ["'self'"], "base-uri": ["'none'"]}


@pytest.fixture(autouse=True)
def _https(settings: Any) -> None:
    """As config/settings.py sets it for an address that begins with https."""
    settings.SECURE_SSL_REDIRECT = settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.LANGUAGE_COOKIE_SECURE = True
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"


@pytest.fixture
def everywhere(ann: User, ben: User, stella: User, moritz: User, olga: User) -> list[str]:
    sami = User.objects.create_user("sami", "sami@example.org", role=Role.STAFF)
    StaffCard.objects.create(user=sami, slug="sami", name="Sami Sand", role_title="Advice")
    return list(chain.from_iterable(addresses(plant(Cast(ann, ben, stella, sami, moritz, olga)))))


def weak_points(response: Any, path: str) -> list[str]:
    found = [f"{path}: {score(response)} points"] if score(response) < ENOUGH else []
    if response.headers.get("Content-Type", "").startswith("text/html"):
        csp = policy(response)
        found += [f"{path}: {name} {csp.get(name)}" for name, sources in STRICT.items() if csp.get(name) != sources]
        found += [f"{path}: {markup}" for markup in refused_markup(response.content.decode())]
    return found


@pytest.mark.parametrize("who", ["visitor", "ann", "olga"])
def test_no_address_has_a_weak_point(
    who: str, everywhere: list[str], client: Client, login: Callable[[User], Client]
) -> None:
    """The owner opens everything; of what others mostly may not open, every third address is enough."""
    reader = client if who == "visitor" else login(User.objects.get(nickname=who))
    answers = {path: reader.get(path, secure=True) for path in everywhere[:: 1 if who == "olga" else 3]}
    assert [weak for path, response in answers.items() for weak in weak_points(response, path)] == []
    shown = [path for path, response in answers.items() if response.status_code == 200]
    assert len(shown) > (30 if who == "olga" else 10)
    questions = [path for path in shown if re.fullmatch(r"/q/\w+/[\w-]{2,}/", path)]
    assert len(questions) > (5 if who == "olga" else 1)


def test_forms_that_come_back_have_none(login: Callable[[User], Client], ann: User) -> None:
    for path in ("/ask/", "/account/login/", "/account/signup/", "/report/question/none/"):
        response = login(ann).post(path, {}, secure=True)
        assert weak_points(response, path) == []


def test_error_pages_have_none(client: Client, company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    def fault(request: HttpRequest) -> HttpResponse:
        raise RuntimeError

    monkeypatch.setattr("forum.views.home.opening_at", fault)
    visitor = Client(raise_request_exception=False)
    strict = Client(enforce_csrf_checks=True)
    answers = {
        "404": visitor.get("/none/", secure=True),
        "500": visitor.get("/", secure=True),
        "405": visitor.get("/language/", secure=True),
        "csrf": strict.post("/account/login/", {"nickname": "<script>alert(1)</script>"}, secure=True),
        "400": visitor.get("/search/", {"q": "x"}, secure=True, headers={"Host": "evil.example"}),
    }
    assert [response.status_code for response in answers.values()] == [404, 500, 405, 403, 400]
    assert [weak for name, response in answers.items() for weak in weak_points(response, name)] == []


def test_everything_moves_to_https(client: Client, company: Company) -> None:
    assert client.get("/faq/")["Location"] == "https://testserver/faq/"
    assert client.get("/healthz").status_code == 200


def test_what_is_for_one_person_is_kept_by_nobody(login: Callable[[User], Client], ann: User) -> None:
    for path in ("/", "/private/", "/account/"):
        assert "no-store" in login(ann).get(path, secure=True)["Cache-Control"]


def test_a_reader_gets_no_cookie(client: Client, everywhere: list[str]) -> None:
    pages = [path for path in everywhere if re.match(r"/(?:$|q/|t/|faq/|team/|people/|search/|about/|feeds/)", path)]
    setting = {path: sorted(client.get(path, secure=True).cookies) for path in pages}
    assert [path for path, cookies in setting.items() if cookies] == []
    assert len(pages) > 20


@pytest.mark.parametrize(
    "markup",
    ["<script>x</script>", "<style>x</style>", '<p style="a:b">', '<p onclick="x">', '<a href="javascript:x">',
     '<img src="https://evil.example/x.png">', '<base href="/">', '<link href="//evil.example/x.css">'],
)  # fmt: skip
def test_what_the_policy_refuses_is_found(markup: str) -> None:
    assert refused_markup(markup)


def test_what_the_policy_runs_is_left_in_peace() -> None:
    html = '<script src="/static/js/menu.js" defer></script><script type="application/json">{}</script>'
    assert refused_markup(f'{html}<a href="https://example.com">x</a><img src="/media/x.webp">') == []


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("Content-Security-Policy", None), ("Content-Security-Policy", "default-src 'self' 'unsafe-inline'"),
        ("Strict-Transport-Security", "max-age=60"), ("Strict-Transport-Security", None),
        ("X-Content-Type-Options", None), ("Access-Control-Allow-Origin", "*"),
        ("Cross-Origin-Opener-Policy", "unsafe-none"),
    ],
)  # fmt: skip
def test_the_score_falls_when_a_header_does(client: Client, company: Company, header: str, value: str | None) -> None:
    response = client.get("/", secure=True)
    whole = score(response)
    if value is None:
        del response.headers[header]
    else:
        response.headers[header] = value
    assert score(response) < whole
