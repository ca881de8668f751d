"""Whatever somebody would like to be called: a clear sentence or a name, at sign-up and at change, never a 500."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client

from accounts.confusables import skeleton
from accounts.models import User
from accounts.nicknames import validate_nickname
from tests.accounts.entrance import sign_up
from tests.shared import shared


def naughty() -> list[str]:
    return json.loads((shared("naughty-strings") / "blns.json").read_text(encoding="utf-8"))


def answer(send: Callable[[str], Any], nickname: str) -> tuple[int, str]:
    """Status and page; nothing is kept, and no limit counts it."""
    cache.clear()
    with transaction.atomic():
        response = send(nickname)
        transaction.set_rollback(True)
    return response.status_code, response.content.decode()


def wrong(send: Callable[[str], Any], nicknames: list[str]) -> list[str]:
    """Those that were neither taken nor refused at the field."""
    answers = {nickname: answer(send, nickname) for nickname in nicknames}
    return [
        repr(nickname)
        for nickname, (status, page) in answers.items()
        if status != 302 and not (status == 422 and 'id="id_nickname_error"' in page)
    ]


def at_change(login: Callable[[User], Client], user: User) -> Callable[[str], Any]:
    client = login(user)
    return lambda nickname: client.post("/account/nickname/", {"nickname": nickname})


def at_sign_up(nickname: str) -> Any:
    return sign_up(Client(), nickname=nickname)


def test_naughty_strings_at_change(login: Callable[[User], Client], ann: User) -> None:
    assert wrong(at_change(login, ann), naughty()) == []


def test_naughty_strings_at_sign_up(ann: User) -> None:
    assert wrong(at_sign_up, naughty()) == []


def test_no_look_alike_of_a_name_is_free(ann: User) -> None:
    """Every character of confusables.txt that can stand in a nickname beside its prototype is found out."""
    lines = (shared("names") / "confusables.txt").read_text(encoding="utf-8-sig").splitlines()
    pairs = [line.partition("#")[0].split(";")[:2] for line in lines if line.partition("#")[0].count(";") >= 2]
    alike = [(_text(source) * 3, _text(prototype) * 3) for source, prototype in pairs]
    names = [(one, other) for one, other in alike if _is_nickname(one)]
    assert [(one, other) for one, other in names if skeleton(one) != skeleton(other)] == []
    assert len(names) > 1_000


def test_each_confusable_character_gets_an_answer(login: Callable[[User], Client], ann: User) -> None:
    lines = (shared("names") / "confusables.txt").read_text(encoding="utf-8-sig").splitlines()
    sources = [_text(line.partition(";")[0]) for line in lines if ";" in line.partition("#")[0]]
    assert wrong(at_change(login, ann), [f"ann{source}" for source in sources[::25]]) == []
    for source in sources:
        for nickname in (source, f"ann{source}", source * 3):
            _is_nickname(nickname)  # a ValidationError or none; anything else fails here


def _text(code_points: str) -> str:
    return "".join(chr(int(code_point, 16)) for code_point in code_points.split())


def _is_nickname(nickname: str) -> bool:
    try:
        validate_nickname(nickname)
    except ValidationError:
        return False
    return True
