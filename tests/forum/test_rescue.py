"""A form that can not be taken hands everything back that was typed."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
import time_machine
from django.db import InterfaceError, OperationalError
from django.test import Client
from django.utils import timezone

from accounts.models import User
from forum import too_large
from forum.models import Question
from tests.factories import PASSWORD, make_question, make_topic

pytestmark = pytest.mark.any_database

TYPED = {
    "title": "Which <one> floats?",
    "topic": "soap",
    "text": "\nFor the bath.\n</textarea>",
    "password": "geheim",
    "csrfmiddlewaretoken": "stale-token",
}
PLAIN = "application/x-www-form-urlencoded"
OURS = {"origin": "http://testserver", "referer": "http://testserver/ask/?topic=soap"}


def test_after_the_session_ended_the_text_is_still_there(client: Client, company: object) -> None:
    response = client.post("/ask/", TYPED, headers=OURS)
    page = response.content.decode()
    assert response.status_code == 401
    assert response["Cache-Control"] == "private, no-store"
    assert 'value="Which &lt;one&gt; floats?"' in page
    assert ">\n\nFor the bath.\n&lt;/textarea&gt;</textarea>" in page
    assert '<input type="hidden" name="topic" value="soap">' in page
    assert "/account/login/?next=/ask/%3Ftopic%3Dsoap" in page


def test_secrets_are_not_repeated(client: Client, company: object) -> None:
    page = client.post("/ask/", TYPED, headers=OURS).content.decode()
    assert "geheim" not in page
    assert "stale-token" not in page


def test_one_click_sends_it_again(ann: User) -> None:
    make_topic()
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(ann)
    refused = browser.post("/ask/", TYPED, headers=OURS)
    assert refused.status_code == 403
    assert "Send again" in refused.content.decode()
    token = str(refused.context["csrf_token"])
    browser.post("/ask/", TYPED | {"csrfmiddlewaretoken": token}, headers=OURS)
    assert Question.objects.get().author == ann


def handed_back(browser: Client, path: str = "/ask/") -> dict[str, str]:
    """Ann's text on the page that she gets because her session has ended."""
    browser.get("/account/login/")
    typed = TYPED | {"csrfmiddlewaretoken": browser.cookies["csrf"].value}
    page = browser.post(path, typed, headers=OURS)
    assert page.status_code == 401
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.text.split("<main")[1]))
    return TYPED | hidden


def sign_in(browser: Client) -> None:
    said = {"nickname": "ann", "password": PASSWORD, "csrfmiddlewaretoken": browser.cookies["csrf"].value}
    before = browser.cookies["csrf"].value
    assert browser.post("/account/login/", said, headers=OURS).status_code == 302
    assert browser.cookies["csrf"].value != before


def test_after_signing_in_elsewhere_one_press_sends_it(ann: User) -> None:
    """Without a script, though signing in made the token of the page void."""
    make_topic()
    browser = Client(enforce_csrf_checks=True)
    typed = handed_back(browser)
    sign_in(browser)
    sent = browser.post("/ask/", urlencode(typed), content_type=PLAIN, headers=OURS)
    assert (sent.status_code, Question.objects.get().author) == (302, ann)


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("origin", "site", "path", "later"),
    [
        ("https://evil.example", "cross-site", "/ask/", 0), ("null", "cross-site", "/ask/", 0), ("", "", "/ask/", 0),
        ("https://testserver", "same-origin", "/ask/", 0), ("http://testserver", "same-site", "/ask/", 0),
        ("http://testserver", "same-origin", "/ask/?topic=soap", 0), ("http://testserver", "same-origin", "/ask/", 25),
    ],
)  # fmt: skip
def test_a_pass_is_good_from_our_own_page_for_its_address_and_a_day(
    ann: User, origin: str, site: str, path: str, later: int
) -> None:
    make_topic()
    browser = Client(enforce_csrf_checks=True)
    typed = handed_back(browser, path)
    sign_in(browser)
    headers = {name: value for name, value in (("origin", origin), ("sec-fetch-site", site)) if value}
    with time_machine.travel(timezone.now() + timedelta(hours=later)):
        sent = browser.post("/ask/", urlencode(typed), content_type=PLAIN, headers=headers)
    assert (sent.status_code, Question.objects.count()) == (403, 0)


@pytest.mark.parametrize("origin", ["https://evil.example", "null", ""])
def test_what_comes_from_elsewhere_can_not_be_sent_with_one_click(ann: User, origin: str) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(ann)
    page = browser.post("/ask/", TYPED, headers={"origin": origin} if origin else {}).content.decode()
    assert "For the bath." in page
    assert "Send again" not in page
    assert "csrfmiddlewaretoken" not in page.split("<main")[1]


def test_a_button_without_a_text_is_only_asked_to_sign_in(client: Client, ann: User) -> None:
    question = make_question(ann)
    headers = {"origin": "http://testserver", "referer": f"http://testserver{question.get_absolute_url()}"}
    page = client.post(f"/q/{question.public_id}/-/metoo/", {"on": "1"}, headers=headers).content.decode()
    assert "Please sign in and try again." in page
    assert f"next={question.get_absolute_url()}" in page


@pytest.mark.parametrize(
    "referer", ["http://testserver//evil.example/", "http://evil.example/x", "javascript:alert(1)"]
)
def test_the_way_back_stays_on_this_site(client: Client, company: object, referer: str) -> None:
    page = client.post("/ask/", TYPED, headers={"referer": referer}).content.decode()
    assert "evil.example" not in page
    assert "javascript:" not in page


def test_what_is_too_large_comes_back(
    login: Callable[[User], Client], ann: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(too_large, "MOST", 5_000)
    body = urlencode({"title": "A <long> one", "text": "soap " * 2_000, "password": "geheim"})
    response = login(ann).post("/ask/", body, content_type=PLAIN)
    assert response.status_code == 413
    assert ("soap " * 1_999).strip() in response.text
    assert 'value="A &lt;long&gt; one"' in response.text
    assert "geheim" not in response.text
    assert "Send again" not in response.text


def test_a_form_with_room_for_a_picture_says_itself_what_is_too_long(
    login: Callable[[User], Client], ann: User
) -> None:
    """It comes in parts (RFC 7578), three megabytes of them."""
    make_topic()
    text = "soap " * 600_000
    response = login(ann).post("/ask/", {"title": "Which one floats?", "topic": "soap", "text": text})
    assert response.status_code == 422
    assert "at most 20000 fit" in response.text.replace(",", "")
    assert text.strip() in response.text
    assert 'value="Which one floats?"' in response.text


def test_what_is_too_large_to_be_read_is_said_in_a_sentence(
    login: Callable[[User], Client], ann: User, settings: Any
) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000
    response = login(ann).post("/ask/", {"title": "Which one floats?", "text": "soap " * 2_000})
    assert response.status_code == 413
    assert "Go back in your browser: what you wrote is still there." in response.text


def test_who_is_not_signed_in_makes_us_read_nothing(
    client: Client, company: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(too_large, "MOST", 5_000)
    body = urlencode({"text": "soap " * 2_000})
    response = client.post("/ask/", body, content_type=PLAIN)
    assert response.status_code == 413
    assert "soap soap" not in response.text


@pytest.mark.parametrize(("fault", "status"), [(OperationalError, 503), (InterfaceError, 503), (RuntimeError, 500)])
def test_when_the_database_is_away_a_page_holds_what_was_typed(
    ann: User, monkeypatch: pytest.MonkeyPatch, fault: type[Exception], status: int
) -> None:
    def away(**kwargs: object) -> None:
        raise fault

    question = make_question(ann)
    monkeypatch.setattr("forum.views.answers.once", away)
    browser = Client(raise_request_exception=False)
    browser.force_login(ann)
    path = f"/q/{question.public_id}/-/answer/"
    response = browser.post(path, {"text": "Two <years>.", "password": "geheim"}, headers=OURS)
    assert response.status_code == status
    assert "Two &lt;years&gt;.</textarea>" in response.text
    assert "geheim" not in response.text
    assert f'action="{path}"' in response.text
    assert response["Cache-Control"] == "private, no-store"


def test_it_asks_no_database_for_that_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even for the company's name: this test has no database at all."""

    def away() -> None:
        raise OperationalError

    monkeypatch.setattr("forum.middleware.Company.load", away)
    browser = Client(raise_request_exception=False)
    response = browser.post("/ask/", {"text": "Still here"}, headers=OURS | {"accept-language": "de"})
    assert response.status_code == 503
    assert "Still here</textarea>" in response.text
    assert '<html lang="de">' in response.text


def test_what_is_written_about_something_gone_comes_back(login: Callable[[User], Client], ann: User) -> None:
    response = login(ann).post("/q/none/-/answer/", {"text": "Two years."})
    assert response.status_code == 404
    assert "Two years.</textarea>" in response.text
    assert login(ann).post("/q/none/-/answer/", {"text": ""}).status_code == 404


def test_without_the_cache_a_report_comes_back(
    client: Client, ann: User, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.CACHES = {"default": {"BACKEND": "tests.broken_cache.BrokenCache"}}
    report = {"rule": "insult", "reason": "It is not polite at all.", "good_faith": "on"}
    response = client.post(f"/report/question/{make_question(ann).public_id}/", report)
    assert response.status_code == 503
    assert "It is not polite at all.</textarea>" in response.text
