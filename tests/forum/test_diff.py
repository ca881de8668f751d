"""What changed between two texts, told line by line and word by word."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.diff import Line, compare

TEXTS = st.text(alphabet="ab \n,", max_size=80)


def said(lines: list[Line], *kinds: str) -> list[str]:
    return ["".join(piece.text for piece in line.pieces) for line in lines if line.kind in kinds]


def changed(lines: list[Line]) -> list[str]:
    return [piece.text for line in lines for piece in line.pieces if piece.is_changed]


def test_the_changed_word_is_marked() -> None:
    lines = compare("It is dry.", "It is wet.")
    assert [line.kind for line in lines] == ["removed", "added"]
    assert changed(lines) == ["dry", "wet"]


def test_lines_far_from_the_change_are_left_out() -> None:
    before = [f"line {number}" for number in range(20)]
    lines = compare("\n".join(before), "\n".join([*before[:10], "new", *before[10:]]))
    assert [line.kind for line in lines] == ["skipped", "same", "same", "added", "same", "same", "skipped"]


def test_nothing_changed_is_nothing_said() -> None:
    assert compare("a\nb", "a\nb") == []


def test_texts_without_likeness_stand_whole_beside_each_other() -> None:
    lines = compare("One thing entirely.", "Quite another matter!")
    assert [line.kind for line in lines] == ["removed", "added"]
    assert changed(lines) == []


@given(TEXTS, TEXTS)
def test_no_word_is_lost(before: str, after: str) -> None:
    lines = compare(before, after)
    old, new = said(lines, "removed", "same"), said(lines, "added", "same")
    assert set(old) <= set(before.splitlines())
    assert set(new) <= set(after.splitlines())
    assert set(before.splitlines()) - set(after.splitlines()) <= set(old)
    assert set(after.splitlines()) - set(before.splitlines()) <= set(new)


@pytest.mark.parametrize("between", ["\n", " "])
def test_texts_made_to_tire_it_are_bounded(between: str) -> None:
    """Every second item is the same everywhere: what difflib is slowest on."""
    before = between.join("x" if number % 2 else f"y{number}" for number in range(4_000))
    after = between.join("x" if number % 2 else f"z{number}" for number in range(4_000))
    start = time.process_time()
    compare(before, after)
    assert time.process_time() - start < 5
