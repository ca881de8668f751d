"""The privacy page tells what the software really does, and says another thing when a setting is another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.disclosure import cookies
from accounts.models import User
from forum.models import Company

pytestmark = pytest.mark.any_database


def page(client: Client, language: str = "en") -> str:
    response = client.get("/about/privacy/", headers={"Accept-Language": language})
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


# What is set to 11, and what the page then says.
PERIODS = [
    ("ADDRESS_DAYS", "the network 11 days at most after the last use"),
    ("UNVERIFIED_ACCOUNT_DAYS", "unconfirmed sign-ups 11 days"),
    ("INACTIVE_ACCOUNT_DAYS", "unused accounts 11 days"),
    ("INACTIVE_NOTICE_DAYS", "with a letter 11 days before"),
    ("ADDRESS_DAYS", "11 days at most."),
    ("MAIL_LOG_DAYS", "<dd>11 days.</dd>"),
    ("EXPORT_DAYS", "<dd>11 days.</dd>"),
    ("FAILED_SIGN_IN_DAYS", "<dd>11 days.</dd>"),
    ("BACKUP_DAYS", "<dd>11 days.</dd>"),
    ("REPORTER_DAYS", "your name and address go 11 days after it"),
    ("ROLE_LOG_DAYS", "11 days; without the name once the account is erased"),
    ("LOG_NAME_DAYS", "who decided is forgotten after 11 days"),
    ("DRAFT_DAYS", "11 days after you last wrote on it"),
    ("LOG_NAME_DAYS", "11 days, or as long as the conversation"),
]


@pytest.mark.parametrize(("name", "said"), PERIODS)
def test_it_follows_the_settings(client: Client, company: Company, settings: Any, name: str, said: str) -> None:
    assert said not in page(client)
    setattr(settings, name, 11)
    assert said in page(client)


def test_it_follows_the_company(client: Client, company: Company) -> None:
    assert "180 days after one of us closes the conversation" in page(client)
    Company.objects.update(conversation_retention_days=30)
    assert "30 days after one of us closes the conversation" in page(client)


def test_it_names_the_mail_server(client: Client, company: Company, settings: Any) -> None:
    settings.EMAIL_HOST = ""
    assert "mail server" not in page(client)
    settings.EMAIL_HOST = "mail.example.net"
    assert "mail.example.net" in page(client)


def test_it_stands_below_what_the_company_wrote(client: Client, olga: User) -> None:
    from forum.models import LegalPage

    LegalPage(kind="privacy", language="en", text="We are Quellmoos.").publish(by=olga)
    text = page(client)
    assert text.index("We are Quellmoos.") < text.index("What this site stores")


@pytest.mark.parametrize("other", ["imprint", "terms", "house-rules"])
def test_other_pages_do_not_have_it(client: Client, company: Company, other: str) -> None:
    assert "What this site stores" not in client.get(f"/about/{other}/").text


@pytest.mark.parametrize(("tone", "said"), [("sie", "Ihren Nickname"), ("du", "deinen Nickname")])
def test_it_speaks_german_as_the_company_does(client: Client, company: Company, tone: str, said: str) -> None:
    Company.objects.update(languages="de,en", tone=tone)
    text = page(client, "de")
    assert "Was diese Seite speichert" in text
    assert said in text


def test_every_cookie_that_is_set_is_named(
    client: Client, login: Callable[[User], Client], ann: User, settings: Any
) -> None:
    """Somebody signs up, in, out, chooses a language, asks and reports; nothing else is kept in the browser."""
    told = {cookie.name for cookie in cookies()}
    browser = Client()
    browser.get("/account/login/")
    browser.post("/account/login/", {"nickname": "ann", "password": "correct-horse-battery"})
    browser.post("/language/", {"language": "en"})
    browser.get("/ask/")
    browser.post("/account/logout/")
    assert set(browser.cookies) <= told
    assert len(browser.cookies) >= 3
    assert int(browser.cookies[settings.LANGUAGE_COOKIE_NAME]["max-age"]) == settings.LANGUAGE_COOKIE_AGE


def test_it_is_linked_where_people_give_something_away(
    login: Callable[[User], Client], ann: User, stella: User
) -> None:
    from tests.factories import make_topic

    make_topic("Private", "private", channel="private", staff=[stella])
    for path, client in (("/account/signup/", Client()), ("/private/new/", login(ann))):
        text = client.get(path).text
        assert '<a href="/about/privacy/">' in text, path
    assert "deleted 180 days after" in login(ann).get("/private/new/").text
