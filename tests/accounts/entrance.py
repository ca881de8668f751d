"""What a person does at the door: send a form, look into the letter box, type a code."""

from __future__ import annotations

import re
from typing import Any

from django.core import mail
from django.test import Client

from accounts.mail import deliver_due

NEWCOMER = {"nickname": "nora", "email": "nora@example.org", "password": "correct-horse-battery", "homepage": ""}


def sign_up(client: Client, **changes: str) -> Any:
    return client.post("/account/signup/", NEWCOMER | changes)


def sign_in(client: Client, nickname: str, password: str = "correct-horse-battery", **more: str) -> Any:
    return client.post("/account/login/", {"nickname": nickname, "password": password, **more})


def letters() -> list[Any]:
    """Everything that has left, the newest last."""
    deliver_due()
    return list(mail.outbox)


def code() -> str:
    """The code in the newest letter."""
    found = re.search(r"^[A-Z]{4}-[A-Z]{4}$", letters()[-1].body, re.MULTILINE)
    assert found, letters()[-1].body
    return found.group()
