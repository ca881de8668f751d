"""Whatever somebody would like to be called: a clear sentence or a name, at sign-up and at change, never a 500."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
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


def naughty_ones() -> list[str]:
    """All that the rules alone would let pass or keep back for us, and some of those they refuse."""
    refused = [name for name in naughty() if refusal(name) not in ("", "reserved")]
    others = [name for name in naughty() if name not in refused]
    assert len(others) > 20
    return [*others, *refused[::16]]


@pytest.mark.any_database
def test_naughty_strings_at_change(login: Callable[[User], Client], ann: User) -> None:
    assert wrong(at_change(login, ann), naughty_ones()) == []


@pytest.mark.long
def test_naughty_strings_at_sign_up(ann: User) -> None:
    assert wrong(at_sign_up, naughty_ones()) == []


def confusables() -> list[tuple[str, str]]:
    """Each character, or few, with what it looks like."""
    lines = (shared("names") / "confusables.txt").read_text(encoding="utf-8-sig").splitlines()
    pairs = [line.partition("#")[0].split(";")[:2] for line in lines if line.partition("#")[0].count(";") >= 2]
    return [(_text(source), _text(prototype)) for source, prototype in pairs]


def reserved() -> list[str]:
    return (shared("names") / "reserved-usernames.txt").read_text(encoding="utf-8").split()


def test_no_look_alike_of_a_name_is_free(ann: User) -> None:
    """Every character of confusables.txt that can stand in a nickname beside its prototype is found out."""
    alike = [(source * 3, prototype * 3) for source, prototype in confusables()]
    names = [(one, other) for one, other in alike if not refusal(one)]
    assert [(one, other) for one, other in names if skeleton(one) != skeleton(other)] == []
    assert len(names) > 1_000


def test_each_name_of_confusable_characters_gets_an_answer(ann: User) -> None:
    """All of them, past the forms: a reason to refuse the name, or none; anything else fails here."""
    names = [name for source, _prototype in confusables() for name in (source, f"ann{source}", source * 3)]
    reasons = Counter(refusal(name) for name in names)
    assert set(reasons) == {"", "length", "characters", "letters", "scripts", "reserved"}
    assert sum(reasons.values()) > 18_000


def test_every_reserved_name_is_refused(ann: User) -> None:
    """But for words by which people are called."""
    free = {name for name in reserved() if not refusal(name)}
    assert free == {"fleet", "friend", "ghost", "nan", "roc", "ruby", "tux"}


def sample() -> list[str]:
    """In turn with and without honest letters: what is taken, of every alphabet; of every kind of sign, what is not.

    What the rules refuse alone, they refuse in the form alike: test_each_name_of_confusable_characters_gets_an_answer.
    """
    found: dict[tuple[str, ...], str] = {}
    for number, (source, _prototype) in enumerate(confusables()):
        name = f"ann{source}" if number % 2 else source * 3
        reason = refusal(name)
        alphabet = "" if reason else unicodedata.name(source[0], "?").split()[0]
        found.setdefault((alphabet, unicodedata.category(source[0]), reason), name)
    return [*found.values(), *reserved()[::40]]


# Both ask the same rules and the same rows: a second database is asked at one of them.
@pytest.mark.long
@pytest.mark.parametrize("form", [pytest.param("change", marks=pytest.mark.any_database), "sign up"])
def test_a_sample_of_every_kind_gets_an_answer_at_the_field(
    login: Callable[[User], Client], ann: User, form: str
) -> None:
    names = sample()
    assert len(names) > 100
    # The form of sign-up costs the most by far, and what it asks of a name is what the other asks.
    send, step = (at_change(login, ann), 1) if form == "change" else (at_sign_up, 2)
    assert wrong(send, names[::step]) == []


def _text(code_points: str) -> str:
    return "".join(chr(int(code_point, 16)) for code_point in code_points.split())


def refusal(nickname: str) -> str:
    """The code of what the pure rules have against it; empty when nothing."""
    try:
        validate_nickname(nickname)
    except ValidationError as error:
        return str(error.code)
    return ""
