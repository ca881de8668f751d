"""Staff come in with a second factor, and nothing of what their role opens is open before it is set up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from accounts.models import User
from tests.accounts.proofs import factors, is_signed_in, prove, prove_by_app, recovery_codes, set_up_app
from tests.factories import make_conversation, make_question
from tests.site_map import plant
from tests.who_may import READ

pytestmark = pytest.mark.any_database

Login = Callable[[User], Client]


@pytest.fixture
def new_staff(stella: User) -> Client:
    """Stella, signed in, before she has set anything up."""
    Authenticator.objects.filter(user=stella).delete()
    client = Client()
    client.force_login(stella)
    return client


ANYWAY = {
    "account_", "mfa_", "usersessions_", "accounts:totp_picture", "accounts:session_end", "accounts:device_letters",
    "accounts:mailbox", "forum:language_set", "forum:about", "forum:media", "forum:healthz", "forum:readyz",
    "forum:stylesheet",
}  # fmt: skip


@pytest.mark.any_database
def test_without_one_staff_open_nothing_but_the_way_to_it(
    new_staff: Client, ann: User, ben: User, stella: User, olga: User, moritz: User
) -> None:
    site = plant(ann, ben, stella)
    for person in (stella, moritz, olga):
        Authenticator.objects.filter(user=person).delete()
        new_staff.force_login(person)
        for name in READ:
            if not name.startswith(tuple(ANYWAY)):
                response = new_staff.get(site.path(name))
                assert (response.status_code, response.get("Location")) == (302, "/account/security/"), name
                assert new_staff.post(site.path(name), {"text": "x"}).status_code == 403, name


@pytest.mark.parametrize("path", ["/admin/", "/admin/accounts/user/", "/admin/login/"])
def test_the_settings_stay_shut_too(olga: User, path: str) -> None:
    Authenticator.objects.filter(user=olga).delete()
    client = Client()
    client.force_login(olga)
    assert client.get(path)["Location"] == "/account/security/"
    assert client.post(path).status_code == 403


def test_what_staff_typed_meanwhile_is_handed_back(new_staff: Client, ann: User) -> None:
    question = make_question(ann)
    page = new_staff.post(f"/q/{question.public_id}/-/answer/", {"text": "Two years, I think."})
    assert page.status_code == 403
    assert "Two years, I think." in page.content.decode()
    assert "needs a second factor" in page.content.decode()


def test_the_page_says_why_and_opens_the_rest_when_it_is_done(new_staff: Client, stella: User, ann: User) -> None:
    conversation = make_conversation(ann)
    page = new_staff.get(conversation.get_absolute_url(), follow=True).content.decode()
    assert "You work here, so your account needs a second factor" in page
    prove(new_staff)
    set_up_app(new_staff)
    assert new_staff.get("/desk/").status_code == 200


def test_staff_may_always_sign_out(new_staff: Client) -> None:
    new_staff.post("/account/logout/")
    assert not is_signed_in(new_staff)


def test_whoever_gets_a_role_is_asked_at_the_next_page(ann: User, login: Login) -> None:
    client = login(ann)
    assert client.get("/q/").status_code == 200
    User.objects.filter(pk=ann.pk).update(role="staff")
    assert client.get("/q/")["Location"] == "/account/security/"


def test_recovery_codes_alone_are_no_second_factor(new_staff: Client, stella: User) -> None:
    recovery_codes(stella)
    assert new_staff.get("/desk/")["Location"] == "/account/security/"


def test_staff_can_not_remove_their_last_one(stella: User, login: Login) -> None:
    client = login(stella)
    prove_by_app(client)
    response = client.post("/account/security/totp/remove/")
    assert response.status_code == 422
    assert "You work here, so this one has to stay" in response.content.decode()
    assert factors(stella) == ["totp"]


def test_a_demonstration_can_be_tried_without_one(new_staff: Client, settings: Any) -> None:
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    assert new_staff.get("/desk/").status_code == 200


def test_customers_are_offered_one_and_not_asked(ann: User, login: Login) -> None:
    client = login(ann)
    assert client.get("/account/").status_code == 200
    assert "What protects your account" in client.get("/account/").content.decode()
    assert "A passkey, or codes from an app, keep everybody out" in client.get("/account/security/").content.decode()
