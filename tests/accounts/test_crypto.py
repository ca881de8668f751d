"""Private texts at rest: only the right key, in the right place, opens what was written."""

from __future__ import annotations

import base64
import traceback

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from accounts import crypto
from accounts.crypto import CannotDecrypt, decrypt, encrypt, encrypt_anew, new_data_key, rewrap, seal, unseal

OLD, NEW, FOREIGN = (base64.b64encode(letter * 32).decode() for letter in (b"o", b"n", b"f"))
TEXT = "Mein Ausschlag juckt seit der Rosenseife. 🌹"


@pytest.fixture(autouse=True)
def master_keys(settings: Settings) -> None:
    settings.ENCRYPTION_KEYS = [NEW, OLD]


def test_what_was_encrypted_comes_back() -> None:
    key = new_data_key()
    assert decrypt(key, encrypt(key, TEXT, bound_to="message:1"), bound_to="message:1") == TEXT


@given(st.text(st.characters(), max_size=200), st.text(max_size=40))
def test_any_text_comes_back_from_any_row(text: str, row: str) -> None:
    key = new_data_key()
    assert decrypt(key, encrypt(key, text, bound_to=row), bound_to=row) == text


def test_what_brings_a_key_of_its_own_opens_in_its_place_alone_and_is_never_stored_the_same_way_twice() -> None:
    several = [encrypt_anew("a\ud83db", bound_to="draft:1") for _ in range(500)]
    assert {decrypt(key, sealed, bound_to="draft:1") for key, sealed in several} == {"a\ud83db"}
    assert len({key for key, _ in several}) == len({sealed for _, sealed in several}) == 500
    with pytest.raises(CannotDecrypt):
        decrypt(*several[0], bound_to="draft:2")
    with pytest.raises(CannotDecrypt):
        decrypt(several[0][0], several[1][1], bound_to="draft:1")


def test_even_half_a_surrogate_pair_comes_back() -> None:
    key = new_data_key()
    assert decrypt(key, encrypt(key, "a\ud83db", bound_to="m"), bound_to="m") == "a\ud83db"


def test_the_stored_bytes_show_neither_text_nor_key() -> None:
    key = new_data_key()
    sealed = encrypt(key, TEXT, bound_to="message:1")
    assert b"Rosenseife" not in sealed
    assert b"n" * 32 not in key + sealed


def test_the_same_text_is_never_stored_the_same_way_twice() -> None:
    key = new_data_key()
    assert len({encrypt(key, "Ja.", bound_to="message:1") for _ in range(500)}) == 500
    assert len({new_data_key() for _ in range(500)}) == 500


def test_every_changed_byte_is_noticed() -> None:
    key = new_data_key()
    sealed = encrypt(key, "Ja.", bound_to="message:1")
    for position in range(len(sealed)):
        with pytest.raises(CannotDecrypt):
            decrypt(key, _flip(sealed, position), bound_to="message:1")


def test_every_changed_byte_of_the_key_is_noticed() -> None:
    key = new_data_key()
    sealed = encrypt(key, "Ja.", bound_to="message:1")
    for position in range(len(key)):
        with pytest.raises(CannotDecrypt):
            decrypt(_flip(key, position), sealed, bound_to="message:1")


def test_a_cut_or_empty_value_is_refused() -> None:
    key = new_data_key()
    sealed = encrypt(key, "Ja.", bound_to="message:1")
    for length in range(len(sealed)):
        with pytest.raises(CannotDecrypt):
            decrypt(key, sealed[:length], bound_to="message:1")
    for length in range(len(key)):
        with pytest.raises(CannotDecrypt):
            decrypt(key[:length], sealed, bound_to="message:1")


def test_a_text_moved_to_another_row_does_not_open() -> None:
    key = new_data_key()
    with pytest.raises(CannotDecrypt, match="another place"):
        decrypt(key, encrypt(key, TEXT, bound_to="message:1"), bound_to="message:2")


def test_a_text_moved_to_another_conversation_does_not_open() -> None:
    sealed = encrypt(new_data_key(), TEXT, bound_to="message:1")
    with pytest.raises(CannotDecrypt):
        decrypt(new_data_key(), sealed, bound_to="message:1")


def test_plain_text_in_the_database_is_not_passed_through() -> None:
    with pytest.raises(CannotDecrypt, match="not an encrypted text"):
        decrypt(new_data_key(), b"Hello, this was never encrypted at all.", bound_to="message:1")


def test_a_missing_master_key_is_named_as_the_reason(settings: Settings) -> None:
    key = new_data_key()
    sealed = encrypt(key, TEXT, bound_to="message:1")
    settings.ENCRYPTION_KEYS = [FOREIGN]
    with pytest.raises(CannotDecrypt, match="missing from ENCRYPTION_KEYS"):
        decrypt(key, sealed, bound_to="message:1")
    with pytest.raises(CannotDecrypt, match="missing from ENCRYPTION_KEYS"):
        encrypt(key, TEXT, bound_to="message:2")


def test_a_new_master_key_still_reads_what_the_old_one_wrote(settings: Settings) -> None:
    settings.ENCRYPTION_KEYS = [OLD]
    key = new_data_key()
    sealed = encrypt(key, TEXT, bound_to="message:1")
    settings.ENCRYPTION_KEYS = [NEW, OLD]
    assert decrypt(key, sealed, bound_to="message:1") == TEXT


def test_after_rewrapping_the_old_master_key_can_go(settings: Settings) -> None:
    settings.ENCRYPTION_KEYS = [OLD]
    key = new_data_key()
    sealed = encrypt(key, TEXT, bound_to="message:1")
    settings.ENCRYPTION_KEYS = [NEW, OLD]
    rewrapped = rewrap(key)
    settings.ENCRYPTION_KEYS = [NEW]
    assert decrypt(rewrapped, sealed, bound_to="message:1") == TEXT
    with pytest.raises(CannotDecrypt):
        decrypt(key, sealed, bound_to="message:1")


def test_rewrapping_leaves_what_is_already_new_as_it_is() -> None:
    key = new_data_key()
    assert rewrap(key) == key


def test_rewrapping_without_the_old_master_key_says_so(settings: Settings) -> None:
    key = new_data_key()
    settings.ENCRYPTION_KEYS = [FOREIGN]
    with pytest.raises(CannotDecrypt, match="missing from ENCRYPTION_KEYS"):
        rewrap(key)


@pytest.mark.parametrize("bad", ["", "short", "!" * 44, base64.b64encode(b"x" * 31).decode(), "ä" * 44])
def test_a_malformed_master_key_is_refused_without_being_shown(settings: Settings, bad: str) -> None:
    settings.ENCRYPTION_KEYS = [NEW, bad]
    with pytest.raises(ImproperlyConfigured, match="Key 2 of ENCRYPTION_KEYS") as caught:
        new_data_key()
    assert not bad or bad not in str(caught.value)


def test_no_master_key_at_all_is_refused(settings: Settings) -> None:
    settings.ENCRYPTION_KEYS = []
    with pytest.raises(ImproperlyConfigured, match="ENCRYPTION_KEYS is empty"):
        new_data_key()


def test_keys_and_texts_stay_out_of_representations_and_tracebacks() -> None:
    key = new_data_key()
    assert NEW not in repr(crypto.master_keys())
    with pytest.raises(CannotDecrypt) as caught:
        decrypt(key, encrypt(key, TEXT, bound_to="message:1"), bound_to="message:2")
    shown = "".join(traceback.format_exception(caught.value))
    assert "Rosenseife" not in shown
    assert "InvalidTag" not in shown


def _flip(value: bytes, position: int) -> bytes:
    return value[:position] + bytes([value[position] ^ 1]) + value[position + 1 :]


def test_a_sealed_secret_is_opened_for_what_it_was_made_and_with_its_key_alone(settings: Settings) -> None:
    settings.ENCRYPTION_KEYS = [OLD]
    sealed = seal("JBSWY3DP", bound_to="second factor")
    settings.ENCRYPTION_KEYS = [NEW, OLD]
    assert unseal(sealed, bound_to="second factor") == "JBSWY3DP"
    assert "JBSWY3DP" not in sealed
    with pytest.raises(CannotDecrypt):
        unseal(sealed, bound_to="something else")
    settings.ENCRYPTION_KEYS = [FOREIGN]
    with pytest.raises(CannotDecrypt, match="ENCRYPTION_KEYS"):
        unseal(sealed, bound_to="second factor")


@pytest.mark.parametrize("stored", ["", "JBSWY3DP", "ö", "AAAA" * 40])
def test_what_was_never_sealed_is_no_secret(stored: str) -> None:
    with pytest.raises(CannotDecrypt):
        unseal(stored, bound_to="second factor")
