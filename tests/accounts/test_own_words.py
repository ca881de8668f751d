"""Whatever allauth brings along to be read, we say ourselves: its German mixes Sie and du."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import allauth
import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.utils import translation

from accounts.adapter import AccountAdapter
from accounts.factors import FactorAdapter
from accounts.models import User
from tests.accounts.proofs import prove, prove_by_app, set_up_app
from tests.bad_input import ACCOUNT_INPUT

pytestmark = pytest.mark.any_database

THEIRS = Path(allauth.__file__).parent
# Of these nothing can be reached: the way they belong to is not here, or leads through a page of ours.
NOT_HERE = {
    # Bases and pieces of pages that are ours.
    "account/base_confirm_code.html", "account/base_entrance.html", "account/base_manage.html",
    "account/base_manage_email.html", "account/base_manage_password.html", "account/base_manage_phone.html",
    "account/base_reauthenticate.html", "account/snippets/already_logged_in.html",
    "account/snippets/warn_no_email.html",
    "mfa/base_entrance.html", "mfa/base_manage.html", "mfa/recovery_codes/base.html", "mfa/totp/base.html",
    "mfa/webauthn/base.html", "mfa/webauthn/snippets/login_script.html", "mfa/webauthn/snippets/scripts.html",
    "usersessions/base_manage.html",
    # Telephones.
    "account/phone_change.html", "account/confirm_phone_verification_code.html", "account/messages/phone_verified.txt",
    "account/messages/phone_verification_sent.txt",
    # Links by letter, where we send codes.
    "account/email_confirm.html", "account/verification_sent.html", "account/verified_email_required.html",
    "account/password_reset_done.html",
    # Several addresses for one account; a closed sign-up; a browser that is trusted.
    "account/email.html", "account/signup_closed.html", "mfa/trust.html",
    # Pages that our own views do not use.
    "mfa/index.html", "mfa/webauthn/authenticator_list.html", "mfa/recovery_codes/download.txt",
    "usersessions/usersession_list.html", "usersessions/messages/sessions_logged_out.txt",
}  # fmt: skip


def their_templates() -> Iterator[str]:
    """Letters are left out: the adapter sends ours by name, or fails (tests/accounts/test_mail.py)."""
    for part in ("account", "mfa", "usersessions"):
        files = (THEIRS / "templates" / part).rglob("*.*")
        yield from (str(file.relative_to(THEIRS / "templates")) for file in files if file.parent.name != "email")


def test_every_page_and_message_is_ours() -> None:
    ours = Path(settings.BASE_DIR) / "templates"
    missing = {name for name in their_templates() if not (ours / name).exists()}
    assert missing == NOT_HERE


def test_every_letter_is_ours() -> None:
    ours = Path(settings.BASE_DIR) / "templates/emails"
    links = {"email_confirm", "password_reset_key"}
    for part in ("account", "mfa"):
        for file in (THEIRS / "templates" / part / "email").glob("*_subject.txt"):
            name = file.name.removesuffix("_subject.txt")
            assert (ours / f"account_{name}-body.txt").exists() or name in links, name
            assert f"account_{name}" in settings.MAIL_BUILDERS or name in links, name


def test_every_refusal_of_second_factors_is_ours() -> None:
    theirs = FactorAdapter.__base__.error_messages  # type: ignore[union-attr]
    kept = {name for name, words in FactorAdapter.error_messages.items() if words is theirs.get(name)}
    assert kept == {"add_email_blocked"}  # only without codes by e-mail


def german(catalogue: Path) -> set[str]:
    with catalogue.open("rb") as file:
        strings = [message.string for message in read_po(file) if message.id and isinstance(message.string, str)]
    plain = (re.sub(r"\s+", " ", text).strip() for text in strings)
    return {text for text in plain if len(text) > 20 and "%" not in text}


@pytest.fixture
def their_german() -> set[str]:
    own = german(Path(settings.BASE_DIR) / "locale/de/LC_MESSAGES/django.po")
    return german(THEIRS / "locale/de/LC_MESSAGES/django.po") - own


@pytest.mark.long
def test_none_of_their_german_is_on_any_page(
    their_german: set[str], company: Any, ann: User, ben: User, stella: User, login: Callable[[User], Client]
) -> None:
    company.languages = "de"
    company.save()
    clients = {"": Client(), "ann": login(ann), "ben": login(ben), "stella": login(stella)}
    for name, proof in (("ann", prove), ("ben", prove), ("stella", prove_by_app)):
        proof(clients[name])
    set_up_app(clients["ben"])
    seen = []
    with translation.override("de"):
        for path in addresses():
            for who, client in clients.items():
                if "logout" in path or "/end/" in path:
                    continue
                cache.clear()
                pages = [plain(client.get(path, follow=True)), plain(client.post(path, {}, follow=True))]
                seen += [(who, path, text) for page in pages for text in their_german if text in page]
                client.get("/account/security/")
    assert AccountAdapter.error_messages
    assert seen == []


def addresses() -> list[str]:
    from django.urls import reverse

    plain = [name for name in ACCOUNT_INPUT if not name.startswith(("mfa_edit", "mfa_remove", "accounts:"))]
    return [reverse(name) for name in [*plain, "mfa_index", "mfa_view_recovery_codes", "account_inactive"]]


def plain(page: Any) -> str:
    return re.sub(r"\s+", " ", html.unescape(page.content.decode()))
