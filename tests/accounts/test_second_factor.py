"""The second step: an app's codes and recovery codes, sealed where they are kept, once each, and a must for staff."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.models import User
from tests.accounts.entrance import code as mailed_code
from tests.accounts.entrance import letters, sign_in
from tests.accounts.proofs import app_code, factors, is_signed_in, prove, recovery_codes, set_up_app
from tests.factories import APP_SECRET, protect

pytestmark = pytest.mark.any_database

Login = Callable[[User], Client]
Commit = Callable[..., Any]
STEP, APP = "/account/login/second/", "/account/security/totp/"
OTHER_KEY = base64.b64encode(b"o" * 32).decode()


def test_ann_sets_up_an_app_and_is_asked_for_its_code(
    client: Client, ann: User, login: Login, django_capture_on_commit_callbacks: Commit
) -> None:
    hers = login(ann)
    prove(hers)
    with django_capture_on_commit_callbacks(execute=True):
        secret = set_up_app(hers)
    assert "An app was set up" in letters()[-1].subject
    assert sign_in(client, "ann")["Location"] == STEP
    assert not is_signed_in(client)
    assert client.post(STEP, {"code": "000000"}).status_code == 422
    assert client.post(STEP, {"code": app_code(secret, 1)}).status_code == 302
    assert is_signed_in(client)


def test_the_picture_says_the_same_and_is_kept_by_nobody(ann: User, login: Login) -> None:
    client = login(ann)
    assert client.get("/account/security/totp/code.svg").status_code == 404
    prove(client)
    client.get(APP)
    picture = client.get("/account/security/totp/code.svg")
    assert picture["Content-Type"] == "image/svg+xml"
    assert "no-store" in picture["Cache-Control"]
    assert "style=" not in picture.content.decode()


def test_the_app_shows_company_and_nickname_and_no_address(ann: User, login: Login) -> None:
    client = login(ann)
    prove(client)
    link = re.search(r'href="(otpauth:[^"]*)"', client.get(APP).content.decode())
    assert link
    assert link.group(1).startswith("otpauth://totp/ann?secret=")
    assert "issuer=Quellmoos" in link.group(1)
    assert "example" not in link.group(1)


def test_a_wrong_code_sets_up_nothing(ann: User, login: Login) -> None:
    client = login(ann)
    prove(client)
    client.get(APP)
    response = client.post(APP, {"code": "000000"})
    assert response.status_code == 422
    assert "This is not the right code" in response.content.decode()
    assert factors(ann) == []


def test_a_code_works_once(client: Client, stella: User) -> None:
    code = app_code()
    sign_in(client, "stella")
    assert client.post(STEP, {"code": code}).status_code == 302
    with time_machine.travel(timezone.now() + timedelta(seconds=31)):
        second = Client()
        sign_in(second, "stella")
        assert second.post(STEP, {"code": code}).status_code == 422
    assert not is_signed_in(second)


def test_a_recovery_code_opens_once_and_is_told_by_letter(client: Client, stella: User) -> None:
    first, *rest = recovery_codes(stella)
    sign_in(client, "stella")
    assert client.post(STEP, {"code": f"{first[:4]} {first[4:]}"}).status_code == 302
    assert "A recovery code was used" in letters()[-1].subject
    second = Client()
    sign_in(second, "stella")
    assert second.post(STEP, {"code": first}).status_code == 422
    assert second.post(STEP, {"code": rest[0]}).status_code == 302


def test_a_code_by_letter_does_not_spare_the_second_step(client: Client, stella: User) -> None:
    client.post("/account/login/code/", {"email": "stella@example.org"})
    assert client.post("/account/login/code/confirm/", {"code": mailed_code()})["Location"] == STEP
    assert not is_signed_in(client)


def test_nobody_takes_the_second_step_first(client: Client, stella: User) -> None:
    assert client.get(STEP)["Location"] == "/account/login/"
    assert client.post(STEP, {"code": app_code()})["Location"] == "/account/login/"


def test_codes_can_not_be_guessed(client: Client, stella: User) -> None:
    sign_in(client, "stella")
    answers = [client.post(STEP, {"code": f"{number:06}"}) for number in range(7)]
    assert "This was tried too often" in answers[-1].content.decode()
    assert client.post(STEP, {"code": app_code()}).status_code == 422


def test_recovery_codes_are_shown_once(ann: User, login: Login) -> None:
    client = login(ann)
    prove(client)
    set_up_app(client)
    page = client.get("/account/security/codes/").content.decode()
    shown = re.findall(r"<code>(\d{4} \d{4})</code>", page)
    assert len(shown) == 10
    again = client.get("/account/security/codes/").content.decode()
    assert "10 of them are left" in again
    assert not any(code in again for code in shown)


def test_new_recovery_codes_make_the_old_ones_void(
    ann: User, login: Login, client: Client, django_capture_on_commit_callbacks: Commit
) -> None:
    hers = login(ann)
    prove(hers)
    set_up_app(hers)
    old = recovery_codes(ann)
    with django_capture_on_commit_callbacks(execute=True):
        assert hers.post("/account/security/codes/new/")["Location"] == "/account/security/codes/"
    assert "New recovery codes" in letters()[-1].subject
    sign_in(client, "ann")
    assert client.post(STEP, {"code": old[0]}).status_code == 422


def test_without_a_second_factor_there_are_no_recovery_codes(ann: User, login: Login) -> None:
    client = login(ann)
    prove(client)
    response = client.post("/account/security/codes/new/")
    assert response.status_code == 422
    assert "Recovery codes come with" in response.content.decode()


def test_ann_removes_her_app_and_its_codes_go_with_it(ann: User, login: Login) -> None:
    client = login(ann)
    prove(client)
    set_up_app(client)
    client.post("/account/security/totp/remove/")
    assert factors(ann) == []
    assert "The app was removed" in letters()[-1].subject


def test_no_secret_lies_open_in_the_database(ann: User, login: Login) -> None:
    client = login(ann)
    prove(client)
    client.get(APP)
    secrets = [APP_SECRET, *recovery_codes(ann)]
    page = client.get(APP).content.decode()
    secrets += re.findall(r'<code class="secret">(\w+)</code>', page)
    protect(ann)
    with connection.cursor() as cursor:
        for table in ("mfa_authenticator", "django_session"):
            cursor.execute(f"SELECT * FROM {table}")
            rows = repr(cursor.fetchall())
            opened = " ".join(
                base64.b64decode(part[: len(part) // 4 * 4], altchars=b"-_").decode(errors="replace")
                for part in re.findall(r"[A-Za-z0-9+/_-]{40,}", rows)
            )
            assert not [secret for secret in secrets if secret in rows + opened], table


def test_a_former_key_still_opens_and_a_wrong_one_says_so_and_changes_nothing(
    client: Client, stella: User, settings: Any
) -> None:
    codes = recovery_codes(stella)
    before = list(Authenticator.objects.values_list("data", flat=True))
    keys = settings.ENCRYPTION_KEYS
    settings.ENCRYPTION_KEYS = [OTHER_KEY]
    sign_in(client, "stella")
    for code in (app_code(), codes[0]):
        response = client.post(STEP, {"code": code})
        assert response.status_code == 422
        assert "it is our fault" in response.content.decode()
    assert list(Authenticator.objects.values_list("data", flat=True)) == before
    settings.ENCRYPTION_KEYS = [OTHER_KEY, *keys]
    cache.clear()
    assert client.post(STEP, {"code": app_code()}).status_code == 302
