"""What a nickname may be."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from accounts.nicknames import nickname_key, speaks_for, validate_nickname
from accounts.reserved import check_free, free_nicknames
from forum.models import Company


@pytest.mark.parametrize("nickname", ["ann", "Käthe_92", "o.k", "seifen-fan", "Зоя", "x" * 20, "straße", "José"])
def test_these_may_be(nickname: str) -> None:
    validate_nickname(nickname)


@pytest.mark.parametrize(
    ("nickname", "code"),
    [
        ("", "length"), ("ab", "length"), ("x" * 21, "length"), ("a b c", "characters"), ("a\nb", "characters"),
        ("ann\u200b", "characters"), ("\u202eann", "characters"), ("ａｎｎ", "characters"), ("ﬁsch", "characters"),
        ("ann@example", "characters"), ("ann/ben", "characters"), ("2024", "letters"), ("...", "letters"),
        ("аnn", "scripts"), ("αnn", "scripts"), ("Admin", "reserved"), ("SUPPORT_24", "reserved"),
        ("s.t.a.f.f", "reserved"),
    ],
)  # fmt: skip
def test_these_may_not(nickname: str, code: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        validate_nickname(nickname)
    assert refusal.value.code == code


@pytest.mark.parametrize(("one", "other"), [("Ann", "aNN"), ("Straße", "STRASSE"), ("KÄTHE", "käthe")])
def test_names_that_differ_only_in_case_are_one(one: str, other: str) -> None:
    assert nickname_key(one) == nickname_key(other)


@pytest.mark.parametrize(
    "nickname", ["quellmoos", "Quellmoos24", "quellmoos.team", "SeifenQuellmoos", "quellmoos-help"]
)
def test_these_would_speak_for_the_company(nickname: str) -> None:
    assert speaks_for(nickname, "Quellmoos Seifen")


@pytest.mark.parametrize("nickname", ["quellmoosfan", "moos", "seifenblase", "quelle"])
def test_these_would_not(nickname: str) -> None:
    assert not speaks_for(nickname, "Quellmoos Seifen")


def test_the_name_on_a_staff_card_is_taken_but_not_the_first_name_with_a_number(stella: User) -> None:
    with pytest.raises(ValidationError):
        check_free("stellastern")
    check_free("stella7")


def test_suggestions_are_free_and_short_enough(company: Company) -> None:
    for nickname in ("x" * 20, "xxxxxxxxxxxxxxxxxx2"):
        User.objects.create_user(nickname, f"{nickname}@example.org")
    names = free_nicknames("x" * 20)
    assert names == ["x" * 18 + str(number) for number in (3, 4, 5)]
    for name in names:
        check_free(name)
