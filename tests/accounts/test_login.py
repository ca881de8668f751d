"""Ann comes back: with nickname or address and password, or with a code."""

from __future__ import annotations

from datetime import timedelta
from unittest.mock import patch

import pytest
import time_machine
from allauth.account.adapter import DefaultAccountAdapter
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.adapter import AccountAdapter
from accounts.models import OutgoingMail, User
from tests.accounts.entrance import code, letters, sign_in

CODE_PAGE = "/account/login/code/confirm/"


@pytest.mark.parametrize("name", ["ann", "ANN", " ann ", "ann@example.org", "Ann@Example.org"])
def test_ann_signs_in(client: Client, ann: User, name: str) -> None:
    response = sign_in(client, name)
    assert response.url == "/"
    assert response.wsgi_request.user == ann


def test_letters_beyond_ascii_are_compared_without_case(client: Client, ann: User) -> None:
    User.objects.filter(pk=ann.pk).update(nickname="KÄTHE", nickname_key="käthe")
    assert sign_in(client, "käthe").url == "/"


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("ann", "wrong"),
        ("nobody", "wrong"),
        ("ann@example.org", "wrong"),
        ("no@example.org", "wrong"),
        ("x" * 300, "y"),
    ],
)
def test_a_wrong_pair_is_answered_the_same_whoever_it_is(client: Client, ann: User, name: str, password: str) -> None:
    response = sign_in(client, name, password)
    assert response.status_code == 422
    assert "do not belong together" in response.content.decode()


@pytest.mark.parametrize("name", ["ann", "nobody", "ann@example.org", "no@example.org"])
def test_the_work_is_the_same_whoever_it_is(client: Client, ann: User, name: str) -> None:
    """One password is computed, no more and no less: the time tells nothing."""
    hasher = "django.contrib.auth.hashers.MD5PasswordHasher.encode"
    with patch(hasher, return_value="md5$salt$hash") as encode:
        sign_in(client, name, "wrong")
    assert encode.call_count == 1


def test_the_form_uses_the_plain_names(client: Client, ann: User) -> None:
    page = client.get("/account/login/").content.decode()
    assert 'name="nickname"' in page
    assert 'name="password"' in page


def test_ann_goes_on_where_she_was(client: Client, ann: User) -> None:
    assert sign_in(client, "ann", next="/ask/?topic=soap").url == "/ask/?topic=soap"


@pytest.mark.parametrize(
    "target",
    ["https://evil.example", "//evil.example", "///evil.example", "\\\\evil.example", "/\\evil.example",
     "javascript:alert(1)", "https:evil.example", "http:///evil.example", "\x00//evil.example", "ftp://testserver/"],
)  # fmt: skip
def test_nobody_is_led_elsewhere(client: Client, ann: User, target: str) -> None:
    assert sign_in(client, "ann", next=target).url == "/"


def test_what_is_written_in_next_stays_text(client: Client, ann: User) -> None:
    page = client.get("/account/login/", {"next": '"><script>alert(1)</script>'}).content.decode()
    assert "<script>alert" not in page


def test_after_five_wrong_passwords_ann_waits(client: Client, ann: User) -> None:
    for _try in range(5):
        sign_in(client, "ann", "wrong")
    response = sign_in(client, "ann")
    assert response.status_code == 422
    assert "wait five minutes" in response.content.decode()
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        assert sign_in(client, "ann").status_code == 302


def test_a_closed_account_says_so_to_its_owner_only(client: Client, ann: User) -> None:
    User.objects.filter(pk=ann.pk).update(is_active=False)
    page = client.post("/account/login/", {"nickname": "ann", "password": "wrong"}).content.decode()
    assert "do not belong together" in page
    response = sign_in(client, "ann")
    assert "This account is closed" in client.get(response.url).content.decode()


def test_ann_signs_in_with_a_code(client: Client, ann: User) -> None:
    response = client.post("/account/login/code/", {"email": "ann@example.org", "next": "/faq/"})
    assert response.url == f"{CODE_PAGE}?next=%2Ffaq%2F"
    response = client.post(CODE_PAGE, {"code": code(), "next": "/faq/"})
    assert response.url == "/faq/"
    assert response.wsgi_request.user == ann


def test_a_code_for_nobody_looks_the_same(ann: User) -> None:
    pages = []
    for email in ("ann@example.org", "no@example.org"):
        client = Client()
        client.post("/account/login/code/", {"email": email})
        answers = (client.get(CODE_PAGE), client.post(CODE_PAGE, {"code": "WRON-GONE"}))
        pages.append([(r.status_code, r.content.decode().count("<"), email in r.content.decode()) for r in answers])
    assert pages[0] == pages[1]
    assert "There is no account with this address" in letters()[-1].subject


def test_a_login_code_works_for_ten_minutes(client: Client, ann: User) -> None:
    client.post("/account/login/code/", {"email": "ann@example.org"})
    right = code()
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        page = client.post(CODE_PAGE, {"code": right}, follow=True).content.decode()
    assert "No code is waiting any more" in page


def test_a_new_code_can_be_sent(client: Client, ann: User) -> None:
    client.post("/account/login/code/", {"email": "ann@example.org"})
    client.post(CODE_PAGE, {"action": "resend"})
    assert client.post(CODE_PAGE, {"code": code()}).status_code == 302


def test_a_letter_that_comes_too_late_is_not_sent(client: Client, ann: User) -> None:
    client.post("/account/login/code/", {"email": "ann@example.org"})
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert letters() == []
    assert OutgoingMail.objects.get().dropped_at


def test_nobodys_letter_box_is_flooded(ann: User) -> None:
    for _try in range(5):
        Client().post("/account/login/code/", {"email": "ann@example.org"})
    assert OutgoingMail.objects.count() == 2


def test_who_changes_their_mind_signs_in_another_way(client: Client, ann: User) -> None:
    client.post("/account/login/code/", {"email": "ann@example.org"})
    client.post("/account/logout/", {"next": "/account/login/"})
    assert client.get("/account/login/").status_code == 200


def test_ann_signs_out(client: Client, ann: User) -> None:
    sign_in(client, "ann")
    assert "Do you want to sign out?" in client.get("/account/logout/").content.decode()
    assert client.post("/account/logout/").url == "/"
    assert "_auth_user_id" not in client.session


def test_signing_in_sends_no_letter(client: Client, ann: User) -> None:
    sign_in(client, "ann")
    assert letters() == mail.outbox == []


def test_the_session_gets_a_new_key(client: Client, ann: User) -> None:
    client.get("/account/login/")
    client.session.save()
    before = client.session.session_key
    sign_in(client, "ann")
    assert client.session.session_key != before


def test_nothing_is_said_in_allauths_words() -> None:
    """Its German mixes Sie and du. What stays its own belongs to ways in that this site does not have."""
    not_here = {
        "account_inactive", "invalid_or_expired_key", "invalid_password_reset",
        "max_email_addresses", "phone_password_mismatch", "phone_taken", "same_as_current", "select_only_one",
        "unknown_email", "unknown_phone", "unverified_primary_email", "username_blacklisted",
    }  # fmt: skip
    theirs = DefaultAccountAdapter.error_messages
    kept = {code for code, words in AccountAdapter.error_messages.items() if words is theirs.get(code)}
    assert kept <= not_here
