"""Where a nickname means somebody, and where it is only a word."""

from __future__ import annotations

import pytest

from accounts.mentions import replacer
from accounts.models import Erasure


@pytest.fixture
def erasure(company: object) -> Erasure:
    return Erasure(nickname="rose", keep_posts=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thanks @rose!", "Thanks somebody!"),
        ("Thanks @Rose, see you.", "Thanks somebody, see you."),
        ("@rose-marie is another", "@rose-marie is another"),
        ("@rose.", "somebody."),
        ("write to me@rose.example", "write to me@rose.example"),
        ("a rose is a rose", "a rose is a rose"),
        ("see /people/rose/", "see /people/-/"),
        ("[her](https://x.example/people/Rose/)", "[her](https://x.example/people/-/)"),
        ("primrose @primrose", "primrose @primrose"),
    ],
)
def test_elsewhere_only_what_can_mean_nobody_else(erasure: Erasure, text: str, expected: str) -> None:
    assert replacer(erasure, in_thread=False)(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("rose wrote: no", "somebody wrote: no"),
        ("Hello rose, yes", "Hello somebody, yes"),
        ("Roses and a Rose", "Roses and a Rose"),
        ("rose's soap", "somebody's soap"),
        ("rose-marie, primrose, rose_2", "rose-marie, primrose, rose_2"),
    ],
)
def test_where_she_took_part_her_bare_name_too(erasure: Erasure, text: str, expected: str) -> None:
    assert replacer(erasure, in_thread=True)(text) == expected


@pytest.mark.parametrize("nickname", ["rose_24", "rose.red", "RoseRed", "rose24", "ro-se"])
def test_a_name_that_is_no_word_is_found_everywhere(erasure: Erasure, nickname: str) -> None:
    erasure.nickname = nickname
    written = nickname.replace("_", "\\_")
    assert replacer(erasure, in_thread=False)(f"{nickname} and {written}") == "somebody and somebody"


def test_signs_in_a_name_are_signs(erasure: Erasure) -> None:
    erasure.nickname = "a.b"
    assert replacer(erasure, in_thread=True)("axb a.b") == "axb somebody"
