"""In a demonstration letters are read in the browser; elsewhere there is no such page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from accounts.mail import deliver_due, queue_mail
from accounts.models import User
from forum.models import Company
from tests.factories import make_answer, make_question

pytestmark = pytest.mark.any_database


@pytest.fixture
def demonstration(settings: Any, tmp_path: Path) -> None:
    settings.DEMO = True
    settings.MAILBOX_DIR = tmp_path
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)


def test_letters_are_read_in_the_browser(demonstration: None, client: Client, ann: User, stella: User) -> None:
    make_answer(make_question(ann, title="Wäscht Seife Wolle?"), stella)
    deliver_due()
    page = client.get("/dev/mail/").content.decode()
    assert "An answer to: Wäscht Seife Wolle?" in page
    assert "ann@example.org" in page
    assert "Stella Stern has answered" in page


def test_the_newest_letter_stands_on_top(demonstration: None, client: Client, company: Company) -> None:
    for letter in ("password_changed", "password_set"):
        queue_mail(kind=f"account_{letter}", address="ann@example.org")
        deliver_due()
    page = client.get("/dev/mail/").content.decode()
    assert page.index("Your account has a password") < page.index("Your password was changed")


def test_an_empty_box_says_so(demonstration: None, client: Client, company: Company) -> None:
    assert "No e-mails yet" in client.get("/dev/mail/").content.decode()


def test_elsewhere_there_is_no_such_page(client: Client, company: Company) -> None:
    assert client.get("/dev/mail/").status_code == 404


def test_the_date_is_said_in_the_readers_words(demonstration: None, client: Client, company: Company) -> None:
    """In the company's time zone, and not in the form of a mail header."""
    queue_mail(kind="account_password_set", address="ann@example.org")
    deliver_due()
    page = client.get("/dev/mail/").content.decode()
    assert re.search(r'<time datetime="[^"]+">\d{1,2} [A-Z]\w+ \d{4}, \d\d:\d\d</time>', page)
    assert "-0000" not in page
