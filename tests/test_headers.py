"""The armour of what is not walked over by tests/test_visibility.py, and those who inspect it themselves."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client

from accounts.models import User
from forum.models import Company
from tests.observatory import refused_markup, score, weak_points

pytestmark = [pytest.mark.any_database, pytest.mark.usefixtures("https")]


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
