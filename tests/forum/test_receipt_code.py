"""A code that can be copied by hand: sixteen digits, of which the last tells a slip of the pen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum import receipt_code
from tests.factories import CODE

SEEDS = st.text("abcdef0123456789", min_size=22, max_size=22)


@given(SEEDS, st.integers(0, 15), st.integers(1, 9))
def test_every_single_wrong_digit_is_found(seed: str, place: int, off: int) -> None:
    code = receipt_code.draw(seed, "browser")
    wrong = code[:place] + str((int(code[place]) + off) % 10) + code[place + 1 :]
    with pytest.raises(receipt_code.Mistyped):
        receipt_code.read(wrong)


@given(SEEDS, st.integers(0, 14))
def test_neighbours_that_changed_places_are_found(seed: str, place: int) -> None:
    code = receipt_code.draw(seed, "browser")
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    if swapped != code:
        with pytest.raises(receipt_code.Mistyped):
            receipt_code.read(swapped)


@given(SEEDS)
def test_the_table_is_the_one_that_was_published(seed: str) -> None:
    """Damm's own example, and what follows from it: a code with its check digit leaves nothing over."""
    assert receipt_code.check_digit("572") == "4"
    assert receipt_code.check_digit(receipt_code.draw(seed, "browser")) == "0"


@pytest.mark.parametrize(
    "typed", [CODE, "4821 7300 9615 4833", "4821-7300-9615-4833", " 4821–7300 — 9615\t4833 ", "٤٨٢١ ٧٣٠٠ ٩٦١٥ ٤٨٣٣"]
)
def test_spaces_dashes_and_other_digits_do_not_matter(typed: str) -> None:
    assert receipt_code.read(typed) == CODE


@pytest.mark.parametrize("typed", ["", "4821", CODE + "0", CODE[:-1], CODE[:-1] + "x", "x" * 16, "²" * 16, "4821.7300"])
def test_what_can_be_no_code_is_said_to_be_mistyped(typed: str) -> None:
    with pytest.raises(receipt_code.Mistyped):
        receipt_code.read(typed)


def test_the_same_form_in_the_same_browser_draws_the_same_code_and_no_other_does() -> None:
    drawn = {receipt_code.draw(form, browser) for form in "ab" for browser in "cd"}
    assert len(drawn) == 4
    assert receipt_code.draw("a", "c") in drawn


def test_without_a_form_or_a_browser_it_is_chance() -> None:
    drawn = {receipt_code.draw(), receipt_code.draw(), receipt_code.draw("a"), receipt_code.draw("a"),
             receipt_code.draw("", "c")}  # fmt: skip
    assert len(drawn) == 5


def test_it_is_shown_in_groups_of_four() -> None:
    assert receipt_code.grouped(CODE) == "4821 7300 9615 4833"
