"""A new password, with the old one or with a code; and a new address."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from accounts.models import User
from tests.accounts.entrance import code, letters, sign_in
from tests.factories import PASSWORD

pytestmark = pytest.mark.any_database

Login = Callable[[User], Client]
NEW = "staple-horse-battery"
RESET, CONFIRM, COMPLETE = (f"/account/password/reset/{step}" for step in ("", "confirm/", "complete/"))


def test_ann_gets_in_again_with_a_code(client: Client, ann: User) -> None:
    assert client.post(RESET, {"email": "ann@example.org"}).url == CONFIRM
    assert client.post(CONFIRM, {"code": code()}).url == COMPLETE
    response = client.post(COMPLETE, {"password": NEW}, follow=True)
    assert "Your new password is saved" in response.content.decode()
    assert sign_in(Client(), "ann", NEW).url == "/"
    assert "Your password was changed" in letters()[-1].subject


def test_asking_for_nobody_looks_the_same(ann: User) -> None:
    answers = []
    for email in ("ann@example.org", "no@example.org"):
        client = Client()
        asked = client.post(RESET, {"email": email})
        wrong = client.post(CONFIRM, {"code": "WRON-GONE"})
        answers.append((asked.status_code, asked.url, wrong.status_code, wrong.content.decode().count("<")))
    assert answers[0] == answers[1]


def test_an_empty_code_opens_nothing_for_nobody(client: Client, ann: User) -> None:
    client.post(RESET, {"email": "no@example.org"})
    assert client.post(CONFIRM, {"code": "-"}).status_code == 422
    assert client.get(COMPLETE).url == CONFIRM


def test_without_the_code_there_is_no_new_password(client: Client, ann: User) -> None:
    client.post(RESET, {"email": "ann@example.org"})
    assert client.post(COMPLETE, {"password": NEW}).url == CONFIRM
    assert client.get(COMPLETE).url == CONFIRM
    ann.refresh_from_db()
    assert ann.check_password(PASSWORD)


def test_three_wrong_codes_are_enough(client: Client, ann: User) -> None:
    client.post(RESET, {"email": "ann@example.org"})
    right = code()
    for _try in range(3):
        client.post(CONFIRM, {"code": "WRON-GONE"})
    assert client.post(CONFIRM, {"code": right}).url == "/account/login/"


def test_a_reset_code_works_for_ten_minutes(client: Client, ann: User) -> None:
    client.post(RESET, {"email": "ann@example.org"})
    right = code()
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        page = client.post(CONFIRM, {"code": right}, follow=True).content.decode()
    assert "No code is waiting any more" in page


def test_a_weak_password_comes_back(client: Client, ann: User) -> None:
    client.post(RESET, {"email": "ann@example.org"})
    client.post(CONFIRM, {"code": code()})
    assert client.post(COMPLETE, {"password": "12345678"}).status_code == 422


def test_ann_changes_her_password(login: Login, ann: User) -> None:
    client, elsewhere = login(ann), login(ann)
    said = {"oldpassword": PASSWORD, "password": NEW}
    assert client.post("/account/password/change/", said).status_code == 302
    ann.refresh_from_db()
    assert ann.check_password(NEW)
    assert client.get("/account/").status_code == 200
    assert elsewhere.get("/account/").status_code == 302
    assert "Your password was changed" in letters()[-1].subject


@pytest.mark.parametrize(
    ("old", "new", "field"), [("wrong", NEW, "oldpassword"), (PASSWORD, "short", "password"), ("", "", "password")]
)
def test_a_wrong_change_comes_back(login: Login, ann: User, old: str, new: str, field: str) -> None:
    response = login(ann).post("/account/password/change/", {"oldpassword": old, "password": new})
    assert response.status_code == 422
    assert f'id="id_{field}_error"' in response.content.decode()


def test_who_never_had_a_password_chooses_one(login: Login, ann: User) -> None:
    ann.set_unusable_password()
    ann.save()
    client = login(ann)
    assert client.get("/account/password/change/").url == "/account/password/set/"
    assert client.post("/account/password/set/", {"password": NEW}).status_code == 302
    ann.refresh_from_db()
    assert ann.check_password(NEW)


def _change_address(client: Client, email: str) -> None:
    """Asked for the password first; then the address that was typed goes on its way."""
    response = client.post("/account/email/", {"email": email, "action_add": "1"})
    assert response.url == "/account/reauthenticate/?next=%2Faccount%2Femail%2F"
    client.post("/account/reauthenticate/", {"password": PASSWORD, "next": "/account/email/"})


def test_ann_moves_to_another_address(login: Login, ann: User) -> None:
    client = login(ann)
    _change_address(client, "new@example.org")
    assert letters()[-1].to == ["new@example.org"]
    client.post("/account/confirm-email/", {"code": code()})
    ann.refresh_from_db()
    assert ann.email == "new@example.org"
    assert EmailAddress.objects.get().email == "new@example.org"
    told = letters()[-1]
    assert told.to == ["ann@example.org"]
    assert "Your e-mail address was changed" in told.subject


def test_until_the_code_is_typed_the_old_address_stays(login: Login, ann: User) -> None:
    _change_address(login(ann), "new@example.org")
    ann.refresh_from_db()
    assert ann.email == "ann@example.org"


def test_a_wrong_password_moves_nothing(login: Login, ann: User) -> None:
    client = login(ann)
    client.post("/account/email/", {"email": "new@example.org", "action_add": "1"})
    response = client.post("/account/reauthenticate/", {"password": "wrong", "next": "/account/email/"})
    assert response.status_code == 422
    assert letters() == []


def test_bens_address_is_not_given_away(login: Login, ann: User, ben: User) -> None:
    """Ann sees what she would see for any address; only who has the letter learns more."""
    client = login(ann)
    _change_address(client, "ben@example.org")
    page = client.get("/account/confirm-email/").content.decode()
    assert "ben@example.org" in page
    assert client.post("/account/confirm-email/", {"code": code()}).status_code == 422
    ann.refresh_from_db()
    assert ann.email == "ann@example.org"


def test_the_address_can_not_be_taken_away(login: Login, ann: User) -> None:
    client = login(ann)
    client.post("/account/reauthenticate/", {"password": PASSWORD, "next": "/account/email/"})
    client.post("/account/email/", {"email": "ann@example.org", "action_remove": "1"})
    ann.refresh_from_db()
    assert ann.email == "ann@example.org"


@pytest.mark.parametrize("email", ["", "new", "ann@example.org"])
def test_an_address_that_can_not_be_comes_back(login: Login, ann: User, email: str) -> None:
    response = login(ann).post("/account/email/", {"email": email, "action_add": "1"})
    assert response.status_code == 422
    assert 'id="id_email_error"' in response.content.decode()
