"""What somebody shows to get in, besides a password: codes of an app, recovery codes, passkeys."""

from __future__ import annotations

import json
import re
import time
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.http import HttpRequest
from django.test import Client

from accounts.models import User
from tests.accounts.passkey import SoftPasskey
from tests.factories import APP_SECRET, PASSWORD


def app_code(secret: str = APP_SECRET, steps: int = 0) -> str:
    """What the app shows now, or so many half minutes later."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps)))


def recovery_codes(user: User) -> list[str]:
    return list(RecoveryCodes.activate(user).get_unused_codes())


def prove(client: Client, password: str = PASSWORD) -> None:
    """Types the password once more, as pages ask for that change who gets in."""
    assert client.post("/account/reauthenticate/", {"password": password}).status_code == 302


def has_proved(client: Client) -> Client:
    """As after `prove`, for who does many things behind that page."""
    request = HttpRequest()
    request.session = client.session
    person = User.objects.get(pk=request.session["_auth_user_id"])
    record_authentication(request, person, "password", reauthenticated=True)
    request.session.save()
    return client


def prove_by_app(client: Client) -> None:
    assert client.post("/account/reauthenticate/code/", {"code": app_code()}).status_code == 302


def set_up_app(client: Client) -> str:
    """The secret of the new app, after a code of it was typed."""
    page = client.get("/account/security/totp/").content.decode()
    secret = re.search(r'<code class="secret">(\w+)</code>', page)
    assert secret, page
    assert client.post("/account/security/totp/", {"code": app_code(secret.group(1))}).status_code == 302
    return secret.group(1)


def options(client: Client, path: str) -> Any:
    """What the page tells the browser to ask a passkey."""
    page = client.get(path, headers={"Host": "localhost"}).content.decode()
    found = re.search(r'<script id="passkey-options" type="application/json">(.*?)</script>', page)
    assert found, page
    return json.loads(found.group(1))


def send(client: Client, path: str, **data: str) -> Any:
    """To localhost, since a passkey belongs to a host name."""
    return client.post(path, data, headers={"Host": "localhost"})


def add_passkey(client: Client, name: str = "Phone") -> SoftPasskey:
    passkey = SoftPasskey()
    asked = options(client, "/account/security/passkeys/add/")["creation_options"]
    response = send(client, "/account/security/passkeys/add/", name=name, credential=passkey.create(asked))
    assert response.status_code == 302, response.content.decode()
    return passkey


def sign_in_by(client: Client, passkey: SoftPasskey, **more: str) -> Any:
    asked = client.get("/account/login/passkey/", headers={"Host": "localhost"}).json()["request_options"]
    return send(client, "/account/login/passkey/", credential=passkey.get(asked), **more)


def factors(user: User) -> list[str]:
    return sorted(Authenticator.objects.filter(user=user).values_list("type", flat=True))


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session
