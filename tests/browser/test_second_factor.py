"""A passkey and an app, as a browser knows them: set up by staff, and used to come back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import expect

from accounts.models import User
from tests.accounts.proofs import app_code
from tests.browser.axe import violations
from tests.browser.conftest import Door
from tests.factories import PASSWORD

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def newcomer(stella: User) -> User:
    """Stella on her first day."""
    Authenticator.objects.filter(user=stella).delete()
    return stella


def give_passkeys(page: Page) -> None:
    """A device that keeps passkeys and recognises its owner, as a phone does."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    kind = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    answers = {"isUserVerified": True, "automaticPresenceSimulation": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": kind | answers})


def sign_in(page: Page) -> None:
    page.goto("/account/login/")
    page.get_by_label("Nickname or e-mail address").fill("stella")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).not_to_have_url("/account/login/")


def prove(page: Page) -> None:
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()


def sign_out(page: Page) -> None:
    page.goto("/account/logout/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.get_by_text("You are signed out.").wait_for()


def sound(page: Page) -> None:
    assert violations(page) == []


def test_stella_sets_up_a_passkey_and_comes_back_with_it(enter: Door, newcomer: User) -> None:
    page = enter()
    give_passkeys(page)
    sign_in(page)
    page.goto("/desk/")
    page.get_by_text("your account needs a second factor").wait_for()
    sound(page)
    page.get_by_role("link", name="Add a passkey").click()
    prove(page)
    page.get_by_label("Name").fill("Laptop")
    sound(page)
    page.get_by_role("button", name="Make a passkey").click()
    page.get_by_text("They are shown only now").wait_for()
    sound(page)
    sign_out(page)
    page.goto("/account/login/?next=/desk/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_text("You are signed in as stella").wait_for()
    expect(page).to_have_url("/desk/")
    sign_out(page)
    sign_in(page)
    sound(page)
    page.get_by_role("button", name="Use my passkey").click()
    page.get_by_text("You are signed in as stella").wait_for()
    page.goto("/account/security/")
    page.locator("strong", has_text="Laptop").wait_for()
    sound(page)


@pytest.mark.parametrize("script", [True, False])
def test_stella_sets_up_an_app_and_comes_back_with_its_code(enter: Door, newcomer: User, script: bool) -> None:
    page = enter(width=360, script=script)
    sign_in(page)
    page.goto("/account/security/totp/")
    prove(page)
    secret = page.locator("code.secret").inner_text()
    picture = page.locator("img.totp-picture")
    assert not script or picture.evaluate("picture => picture.decode().then(() => picture.naturalWidth)") > 0
    page.get_by_label("Code", exact=True).fill(app_code(secret))
    page.get_by_role("button", name="Save").click()
    page.get_by_text("They are shown only now").wait_for()
    sign_out(page)
    sign_in(page)
    page.get_by_label("Code", exact=True).fill(app_code(secret, 1))
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_text("You are signed in as stella").wait_for()


def test_without_a_passkey_at_hand_the_page_says_what_to_do(enter: Door, newcomer: User) -> None:
    page = enter()
    page.goto("/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").wait_for()
    page.evaluate(
        "() => { navigator.credentials.get = () => Promise.reject(new DOMException('', 'NotAllowedError')); }"
    )
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_text("No passkey was used. Please try again, or choose another way.").wait_for()
    sound(page)


def test_without_a_script_no_passkey_is_offered(enter: Door, newcomer: User) -> None:
    page = enter(script=False)
    page.goto("/account/login/")
    assert not page.get_by_role("button", name="Sign in with a passkey").is_visible()
    page.get_by_role("link", name="Sign in with a code by e-mail").wait_for()
