"""Nora signs up: a nickname, an address that nobody sees, a code."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from accounts.models import OutgoingMail, User
from accounts.reserved import check_free
from forum.models import Company
from tests.accounts.entrance import NEWCOMER, code, letters, sign_in, sign_up

CODE_PAGE = "/account/confirm-email/"


def test_nora_signs_up_and_confirms_her_address(client: Client, company: Company) -> None:
    response = sign_up(client)
    assert response.url == CODE_PAGE
    response = client.post(CODE_PAGE, {"code": code()}, follow=True)
    assert response.wsgi_request.user == User.objects.get(nickname="nora")
    assert response.redirect_chain[-1][0] == "/"
    assert EmailAddress.objects.get(email="nora@example.org").verified


def test_nora_goes_on_where_she_was(client: Client, company: Company) -> None:
    sign_up(client, next="/faq/")
    assert client.post(CODE_PAGE, {"code": code()}).url == "/faq/"


def test_the_code_may_be_typed_small_and_without_dash(client: Client, company: Company) -> None:
    sign_up(client)
    assert client.post(CODE_PAGE, {"code": code().lower().replace("-", " ")}).status_code == 302


def test_the_form_uses_the_plain_names(client: Client, company: Company) -> None:
    page = client.get("/account/signup/").content.decode()
    for name in ("nickname", "email", "password", "homepage"):
        assert f'name="{name}"' in page
    assert "style=" not in page


def test_nora_is_remembered_in_the_language_she_spoke(client: Client, company: Company) -> None:
    Company.objects.update(languages="de,en")
    client.cookies["language"] = "de"
    sign_up(client)
    assert User.objects.get(nickname="nora").language == "de"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("nickname", ""), ("nickname", "no"), ("nickname", "x" * 21), ("nickname", "no ra"), ("nickname", "admin"),
        ("nickname", "аdmin"), ("nickname", "2024"), ("email", ""), ("email", "nora"), ("password", "short"),
        ("password", "password"), ("password", "nora@example.org"),
    ],
)  # fmt: skip
def test_what_can_not_be_taken_comes_back(client: Client, company: Company, field: str, value: str) -> None:
    response = sign_up(client, **{field: value})
    assert response.status_code == 422
    assert f'id="id_{field}_error"' in response.content.decode()
    assert not User.objects.exists()


def test_what_nora_typed_is_not_lost(client: Client, company: Company) -> None:
    page = sign_up(client, password="short").content.decode()
    assert 'value="nora"' in page
    assert 'value="nora@example.org"' in page


def test_a_taken_nickname_comes_with_free_ones(client: Client, ann: User) -> None:
    page = sign_up(client, nickname="ANN").content.decode()
    assert "Still free: ANN2, ANN3, ANN4." in page


@pytest.mark.parametrize("nickname", ["Quellmoos", "quellmoos-team", "Stella.Stern", "QUELLMOOS_7"])
def test_nobody_passes_for_company_or_team(client: Client, stella: User, nickname: str) -> None:
    response = sign_up(client, nickname=nickname)
    assert response.status_code == 422
    assert "mistaken for the company" in response.content.decode()


def test_a_program_that_fills_the_hidden_field_gets_no_account(client: Client, company: Company) -> None:
    response = sign_up(client, homepage="https://example.org")
    assert response.url == CODE_PAGE
    assert not User.objects.exists()


def _answers(client: Client, email: str) -> list[Any]:
    """All that somebody sees who signs up with this address and then tries about."""
    seen = [
        sign_up(client, email=email, nickname="nora" + email[:3]),
        client.get(CODE_PAGE),
        client.post(CODE_PAGE, {"code": "WRON-GONE"}),
        client.get("/account/login/"),
        client.post("/account/logout/"),
        client.get(CODE_PAGE),
        client.get("/account/login/"),
    ]
    bare = [(r.status_code, r.headers.get("Location"), r.content.decode().replace(email, "…")) for r in seen]
    return [(status, place, _without_tokens(page)) for status, place, page in bare]


def _without_tokens(page: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


def test_a_taken_address_looks_like_a_free_one(ann: User) -> None:
    free, taken = _answers(Client(), "new@example.org"), _answers(Client(), "ann@example.org")
    assert [answer[:2] for answer in taken] == [answer[:2] for answer in free]
    assert taken == free


def test_the_owner_of_a_taken_address_is_told(client: Client, ann: User) -> None:
    sign_up(client, email="ann@example.org")
    [letter] = letters()
    assert letter.to == ["ann@example.org"]
    assert "You have an account already" in letter.subject


def test_a_wrong_code_is_said_to_be_wrong(client: Client, company: Company) -> None:
    sign_up(client)
    response = client.post(CODE_PAGE, {"code": "WRON-GONE"})
    assert response.status_code == 422
    assert "not the code from our e-mail" in response.content.decode()


def test_three_wrong_codes_are_enough(client: Client, company: Company) -> None:
    sign_up(client)
    right = code()
    for _try in range(3):
        response = client.post(CODE_PAGE, {"code": "WRON-GONE"})
    assert response.url == "/account/login/"
    assert client.post(CODE_PAGE, {"code": right}).url == "/account/login/"
    assert not EmailAddress.objects.get().verified


def test_a_code_works_for_ten_minutes(client: Client, company: Company) -> None:
    sign_up(client)
    right = code()
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        page = client.post(CODE_PAGE, {"code": right}, follow=True).content.decode()
    assert "No code is waiting any more" in page


def test_another_code_makes_the_first_one_void(client: Client, company: Company) -> None:
    sign_up(client)
    first = code()
    with time_machine.travel(timezone.now() + timedelta(seconds=11)):
        client.post(CODE_PAGE, {"action": "resend"})
        second = code()
        assert first != second
        assert client.post(CODE_PAGE, {"code": first}).status_code == 422
        assert client.post(CODE_PAGE, {"code": second}).status_code == 302


def test_who_mistyped_the_address_starts_again_with_the_same_nickname(client: Client, company: Company) -> None:
    sign_up(client, email="nroa@example.org")
    assert client.post("/account/signup/restart/").url == "/account/signup/"
    assert sign_up(client).url == CODE_PAGE
    assert User.objects.get().email == "nora@example.org"


def test_starting_again_deletes_no_confirmed_account(client: Client, ann: User) -> None:
    sign_up(client, email="ann@example.org")
    client.post("/account/signup/restart/")
    assert User.objects.get() == ann


def test_the_letter_waits_in_the_outbox_and_forgets_its_code(client: Client, company: Company) -> None:
    sign_up(client)
    waiting = OutgoingMail.objects.get()
    assert waiting.kind == "account_email_confirmation_signup"
    assert set(waiting.payload) == {"code", "useful_until"}
    letters()
    waiting.refresh_from_db()
    assert (waiting.payload, waiting.address) == ({}, "")


def test_two_who_want_one_name_in_one_moment(client: Client, company: Company) -> None:
    """The second's form was valid when it was looked at; then the first was faster."""

    def look_and_lose(nickname: str) -> None:
        check_free(nickname)  # the second time it sees what the first time made
        User.objects.create_user("nora", "faster@example.org")

    with patch("accounts.adapter.check_free", look_and_lose):
        response = sign_up(client)
    assert response.status_code == 422
    assert "This nickname is taken" in response.content.decode()


def test_twenty_sign_ups_a_minute_are_enough(client: Client, company: Company) -> None:
    for number in range(20):
        sign_up(client, nickname="x", email=f"nora{number}@example.org")
    response = sign_up(client)
    assert response.status_code == 429
    assert "A little slower" in response.content.decode()


def test_nora_signs_in_before_confirming_and_is_asked_for_the_code(company: Company) -> None:
    sign_up(Client())
    later = Client()
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        assert sign_in(later, NEWCOMER["nickname"]).url == CODE_PAGE
        assert later.post(CODE_PAGE, {"code": code()}).status_code == 302


def test_nora_signs_in_too_soon_and_is_told_how_soon(company: Company) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        sign_up(Client())
        clock.shift(4)
        response = sign_in(Client(), NEWCOMER["nickname"])
        assert (response.status_code, response["Retry-After"]) == (429, "6")
        assert "We have sent you a code already. You can ask for a new one in 6 seconds." in response.content.decode()
        clock.shift(6)
        assert sign_in(Client(), NEWCOMER["nickname"]).url == CODE_PAGE
