"""A code by e-mail works once, where it was asked for, for ten minutes, and not after its address has changed."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.models import User
from forum.models import Company
from tests.accounts.entrance import code, sign_in, sign_up
from tests.accounts.proofs import is_signed_in, prove
from tests.factories import PASSWORD

pytestmark = pytest.mark.any_database

Login = Callable[[User], Client]
LOGIN, LOGIN_CODE = "/account/login/code/", "/account/login/code/confirm/"
RESET, RESET_CODE = "/account/password/reset/", "/account/password/reset/confirm/"
NEW_PASSWORD = "another-horse-battery"
NO_CODE = "No code is waiting any more"


def change_address(client: Client) -> None:
    prove(client)
    client.post("/account/email/", {"email": "new@example.org", "action_add": "1"})
    client.post("/account/confirm-email/", {"code": code()})


def change_password(client: Client) -> None:
    client.post("/account/password/change/", {"oldpassword": PASSWORD, "password": NEW_PASSWORD})


@pytest.mark.parametrize("change", [change_address, change_password])
def test_a_change_makes_codes_to_sign_in_void(ann: User, login: Login, client: Client, change: Any) -> None:
    client.post(LOGIN, {"email": "ann@example.org"})
    waiting = code()
    change(login(ann))
    assert NO_CODE in client.post(LOGIN_CODE, {"code": waiting}, follow=True).content.decode()
    assert not is_signed_in(client)


@pytest.mark.parametrize("change", [change_address, change_password])
def test_a_change_makes_codes_for_a_password_void(ann: User, login: Login, client: Client, change: Any) -> None:
    client.post(RESET, {"email": "ann@example.org"})
    waiting = code()
    change(login(ann))
    assert NO_CODE in client.post(RESET_CODE, {"code": waiting}, follow=True).content.decode()


def test_a_code_that_was_typed_before_the_change_is_void_too(ann: User, login: Login, client: Client) -> None:
    client.post(RESET, {"email": "ann@example.org"})
    client.post(RESET_CODE, {"code": code()})
    change_password(login(ann))
    client.post("/account/password/reset/complete/", {"password": "a-thief-has-chosen-it"})
    assert sign_in(Client(), "ann", "a-thief-has-chosen-it").status_code == 422
    assert sign_in(Client(), "ann", NEW_PASSWORD).status_code == 302


def test_of_two_windows_the_second_address_is_the_last(ann: User, login: Login) -> None:
    """A code for an address that somebody meant to have before another one was confirmed."""
    first, second = login(ann), login(ann)
    prove(first)
    first.post("/account/email/", {"email": "thief@example.org", "action_add": "1"})
    waiting = code()
    change_address(second)
    first.post("/account/confirm-email/", {"code": waiting})
    ann.refresh_from_db()
    assert ann.email == "new@example.org"


@pytest.mark.parametrize(("ask", "type_at"), [(LOGIN, LOGIN_CODE), (RESET, RESET_CODE)])
def test_a_code_is_of_use_only_where_it_was_asked_for(ann: User, client: Client, ask: str, type_at: str) -> None:
    client.post(ask, {"email": "ann@example.org"})
    other = Client()
    assert other.post(type_at, {"code": code()}).status_code == 302
    assert not is_signed_in(other)


@pytest.mark.parametrize(("ask", "type_at"), [(LOGIN, LOGIN_CODE), (RESET, RESET_CODE)])
def test_three_wrong_ones_end_it(ann: User, client: Client, ask: str, type_at: str) -> None:
    client.post(ask, {"email": "ann@example.org"})
    right = code()
    assert [client.post(type_at, {"code": "WRON-GONE"}).status_code for _try in range(3)] == [422, 422, 302]
    client.post(type_at, {"code": right})
    assert not is_signed_in(client)
    assert client.get("/account/password/reset/complete/").status_code == 302


def test_a_code_to_sign_in_works_once(ann: User, client: Client) -> None:
    client.post(LOGIN, {"email": "ann@example.org"})
    client.post(LOGIN_CODE, {"code": code()})
    assert is_signed_in(client)
    client.post("/account/logout/")
    client.post(LOGIN_CODE, {"code": code()})
    assert not is_signed_in(client)


def test_who_is_closed_out_meanwhile_does_not_get_in_by_code(ann: User, client: Client) -> None:
    client.post(LOGIN, {"email": "ann@example.org"})
    waiting = code()
    User.objects.filter(pk=ann.pk).update(is_active=False)
    client.post(LOGIN_CODE, {"code": waiting})
    assert not is_signed_in(client)


def wrong_codes(client: Client, path: str) -> str:
    """What the page says after the last of them."""
    tries = [client.post(path, {"code": "WRON-GONE"}, follow=True) for _try in range(3)]
    assert tries[-1].redirect_chain
    return html.unescape(tries[-1].content.decode())


@pytest.mark.parametrize(("ask", "type_at"), [(LOGIN, LOGIN_CODE), (RESET, RESET_CODE)])
@pytest.mark.parametrize("email", ["ann@example.org", "nobody@example.org"])
def test_it_is_said_how_long_truly(ann: User, client: Client, ask: str, type_at: str, email: str) -> None:
    """Two letters a minute: the second is there at once, and the third when the first is a minute old."""
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client.post(ask, {"email": email})
        assert "a new one at once" in wrong_codes(client, type_at)
        clock.shift(18)
        assert client.post(ask, {"email": email}).url == type_at
        assert "a new one in 42 seconds" in wrong_codes(client, type_at)
        assert client.post(ask, {"email": email}).status_code == 422
        clock.shift(42)
        assert client.post(ask, {"email": email}).url == type_at


def test_after_many_letters_it_is_hours(ann: User, client: Client) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _letter in range(6):
            client = Client()
            client.post(LOGIN, {"email": "ann@example.org"})
            clock.shift(60 * 60)
        clock.shift(-55 * 60)
        assert "a new one in 19 hours" in wrong_codes(client, LOGIN_CODE)


def test_a_new_address_is_asked_for_anew(ann: User, login: Login) -> None:
    client = login(ann)
    prove(client)
    client.post("/account/email/", {"email": "new@example.org", "action_add": "1"})
    page = wrong_codes(client, "/account/confirm-email/")
    assert re.search(r"a new one in (?:[1-9]|10) seconds?\.", page), page
    assert "New e-mail address" in page


def test_what_ended_it_is_said_in_the_language_of_the_page(client: Client, company: Company) -> None:
    Company.objects.update(languages="de,en")
    client.cookies["language"] = "de"
    sign_up(client)
    page = wrong_codes(client, "/account/confirm-email/")
    assert "Zu viele falsche Codes: Der aus unserer E-Mail gilt nicht mehr." in page
    assert re.search(r"Einen neuen können Sie in (?:[2-9]|10) Sekunden anfordern\.", page), page
