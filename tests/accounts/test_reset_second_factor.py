"""An operator helps somebody who has lost everything but the password."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import User
from tests.accounts.entrance import letters, sign_in
from tests.accounts.proofs import app_code, factors, is_signed_in


def test_stella_gets_in_again_and_is_told(client: Client, stella: User) -> None:
    sign_in(client, "stella")
    client.post("/account/login/second/", {"code": app_code()})
    call_command("reset_second_factor", "Stella")
    assert factors(stella) == []
    assert not is_signed_in(client)
    assert "Your second factor was removed" in letters()[-1].subject
    sign_in(client, "stella")
    assert client.get("/desk/")["Location"] == "/account/security/"


def test_nobody_of_that_name_is_an_error(db: None) -> None:
    with pytest.raises(CommandError):
        call_command("reset_second_factor", "nobody")
