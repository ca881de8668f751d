"""Private conversations at rest: each has a random key of its own, wrapped by the newest master key.

A rotation therefore touches one short value per conversation and no text. The work is done one floor below, where
secrets of accounts are sealed in the same way.
"""

from accounts.crypto import (
    OVERHEAD,
    CannotDecrypt,
    decrypt,
    decrypt_bytes,
    encrypt,
    encrypt_anew,
    encrypt_bytes,
    new_data_key,
    rewrap,
)

__all__ = [
    "OVERHEAD",
    "CannotDecrypt",
    "decrypt",
    "decrypt_bytes",
    "encrypt",
    "encrypt_anew",
    "encrypt_bytes",
    "new_data_key",
    "rewrap",
]
