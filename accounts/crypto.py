"""Texts at rest: readable with a master key that never lies in the database.

Whatever is sealed has a random data key of its own. What is stored is that key, wrapped by the newest master key
of `settings.ENCRYPTION_KEYS`; a rotation therefore touches one short value and no text.
This protects dumps, backups and stolen disks, not a server that somebody else controls.

AES-256-GCM (NIST SP 800-38D; as AEAD_AES_256_GCM in RFC 5116, section 5.2) with random 96-bit nonces.
SP 800-38D, section 8.3, allows 2**32 of these under one key: far more than a conversation has messages, or
a company conversations and people.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
from dataclasses import dataclass, field
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.views.decorators.debug import sensitive_variables

VERSION = b"\x01"
KEY_LENGTH = 32  # bytes: AES-256
KEY_ID_LENGTH = 8
NONCE_LENGTH = 12  # bytes: the 96 bits SP 800-38D, section 8.2, recommends
TAG_LENGTH = 16
# Bytes by which something grows when it is sealed.
OVERHEAD = len(VERSION) + NONCE_LENGTH + TAG_LENGTH
WRAPPED_LENGTH = len(VERSION) + KEY_ID_LENGTH + NONCE_LENGTH + KEY_LENGTH + TAG_LENGTH
_WRAPPING = b"sprechstunde data key"


class CannotDecrypt(Exception):
    """The text cannot be read: its master key is missing, or what is stored is not what was written."""


@dataclass(frozen=True)
class MasterKey:
    id: bytes
    cipher: AESGCM = field(repr=False, compare=False)


@sensitive_variables()
def master_keys() -> list[MasterKey]:
    """The keys of `settings.ENCRYPTION_KEYS`, newest first.

    Raises ImproperlyConfigured, without naming any part of a key, when there is none or one is malformed.
    """
    if not settings.ENCRYPTION_KEYS:
        raise ImproperlyConfigured("ENCRYPTION_KEYS is empty: set 32 random bytes in base64.")
    return list(_read_keys(tuple(settings.ENCRYPTION_KEYS)))


@lru_cache(maxsize=4)
@sensitive_variables()
def _read_keys(texts: tuple[str, ...]) -> tuple[MasterKey, ...]:
    """Once a process: a page with two hundred messages asks two hundred times."""
    return tuple(_master_key(position, text) for position, text in enumerate(texts, start=1))


@sensitive_variables()
def _master_key(position: int, text: str) -> MasterKey:
    try:
        key = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != KEY_LENGTH:
        raise ImproperlyConfigured(f"Key {position} of ENCRYPTION_KEYS is not 32 bytes in base64.")
    # The id of a key is a hash of 256 random bits: it tells keys apart and says nothing about them.
    return MasterKey(hashlib.sha256(b"sprechstunde key id" + key).digest()[:KEY_ID_LENGTH], AESGCM(key))


def new_data_key() -> bytes:
    """A new random key for one conversation or secret, wrapped by the newest master key. Only this form is stored."""
    return _wrap(os.urandom(KEY_LENGTH))


def rewrap(wrapped_key: bytes) -> bytes:
    """The same data key under the newest master key; unchanged when it already is.

    Raises CannotDecrypt when the master key that wrapped it is missing.
    """
    return wrapped_key if key_id(wrapped_key) == master_keys()[0].id else _wrap(_unwrap(wrapped_key))


def key_id(wrapped_key: bytes) -> bytes:
    """Which master key it needs. Raises CannotDecrypt when it is damaged; whether that key is there is not asked."""
    return _split_wrapped(wrapped_key)[1]


@sensitive_variables()
def encrypt(wrapped_key: bytes, text: str, *, bound_to: str) -> bytes:
    """The text, sealed. `bound_to` names the row it belongs to; only there can it be opened again.

    Raises CannotDecrypt when the master key of `wrapped_key` is missing.
    """
    # surrogatepass: whatever str holds comes back unchanged.
    return encrypt_bytes(wrapped_key, text.encode("utf-8", "surrogatepass"), bound_to=bound_to)


@sensitive_variables()
def encrypt_bytes(wrapped_key: bytes, plain: bytes, *, bound_to: str) -> bytes:
    """As `encrypt`, for what is no text."""
    nonce = os.urandom(NONCE_LENGTH)
    return VERSION + nonce + AESGCM(_unwrap(wrapped_key)).encrypt(nonce, plain, _associated(bound_to))


@sensitive_variables()
def encrypt_anew(text: str, *, bound_to: str) -> tuple[bytes, bytes]:
    """A new wrapped key and the text sealed with it: as `new_data_key` and `encrypt`, without unwrapping it first."""
    key, nonce = os.urandom(KEY_LENGTH), os.urandom(NONCE_LENGTH)
    sealed = AESGCM(key).encrypt(nonce, text.encode("utf-8", "surrogatepass"), _associated(bound_to))
    return _wrap(key), VERSION + nonce + sealed


@sensitive_variables()
def decrypt(wrapped_key: bytes, sealed: bytes, *, bound_to: str) -> str:
    """The text in clear.

    Raises CannotDecrypt when the master key is missing, when a byte was changed, or when the text was sealed
    for another row. Never returns anything but what was encrypted.
    """
    return decrypt_bytes(wrapped_key, sealed, bound_to=bound_to).decode("utf-8", "surrogatepass")


@sensitive_variables()
def decrypt_bytes(wrapped_key: bytes, sealed: bytes, *, bound_to: str) -> bytes:
    """As `decrypt`, for what is no text."""
    cipher = AESGCM(_unwrap(wrapped_key))
    body = sealed[len(VERSION) :]
    if not sealed.startswith(VERSION) or len(body) < NONCE_LENGTH + TAG_LENGTH:
        raise CannotDecrypt("This is not an encrypted text, or part of it is missing.")
    try:
        return cipher.decrypt(body[:NONCE_LENGTH], body[NONCE_LENGTH:], _associated(bound_to))
    except InvalidTag:
        raise CannotDecrypt("This text was changed, or was encrypted for another place or key.") from None


def seal(text: str, *, bound_to: str) -> str:
    """A single secret together with its own wrapped key, in base64. `bound_to` says what it is; as in `encrypt`."""
    key = new_data_key()
    return base64.b64encode(key + encrypt(key, text, bound_to=bound_to)).decode()


def unseal(sealed: str, *, bound_to: str) -> str:
    """What `seal` was given. Raises CannotDecrypt like `decrypt`."""
    key, body = _split_sealed(sealed)
    return decrypt(key, body, bound_to=bound_to)


def reseal(sealed: str) -> str:
    """The same secret with its key under the newest master key. Raises CannotDecrypt like `rewrap`."""
    key, body = _split_sealed(sealed)
    return base64.b64encode(rewrap(key) + body).decode()


def key_of(sealed: str) -> bytes:
    """The wrapped key of a sealed secret. Raises CannotDecrypt when it is none."""
    return _split_sealed(sealed)[0]


def _split_sealed(sealed: str) -> tuple[bytes, bytes]:
    try:
        stored = base64.b64decode(sealed, validate=True)
    except (binascii.Error, ValueError):
        raise CannotDecrypt("This is not a sealed secret.") from None
    return stored[:WRAPPED_LENGTH], stored[WRAPPED_LENGTH:]


@sensitive_variables()
def _wrap(data_key: bytes) -> bytes:
    newest = master_keys()[0]
    header, nonce = VERSION + newest.id, os.urandom(NONCE_LENGTH)
    return header + nonce + newest.cipher.encrypt(nonce, data_key, _WRAPPING + header)


@sensitive_variables()
def _unwrap(wrapped_key: bytes) -> bytes:
    header, wanted, nonce, body = _split_wrapped(wrapped_key)
    for key in master_keys():
        if key.id == wanted:
            try:
                return key.cipher.decrypt(nonce, body, _WRAPPING + header)
            except InvalidTag:
                raise CannotDecrypt("The key of this text was changed.") from None
    raise CannotDecrypt("The master key of this text is missing from ENCRYPTION_KEYS.")


def _split_wrapped(wrapped_key: bytes) -> tuple[bytes, bytes, bytes, bytes]:
    if len(wrapped_key) != WRAPPED_LENGTH or not wrapped_key.startswith(VERSION):
        raise CannotDecrypt("The key of this text is missing or damaged.")
    header_end = len(VERSION) + KEY_ID_LENGTH
    nonce_end = header_end + NONCE_LENGTH
    header = wrapped_key[:header_end]
    return header, header[len(VERSION) :], wrapped_key[header_end:nonce_end], wrapped_key[nonce_end:]


def _associated(bound_to: str) -> bytes:
    return VERSION + bound_to.encode()
