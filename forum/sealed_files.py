"""Files sealed in chunks, so that none is ever whole in memory a second time.

Each chunk is a text of its own (accounts.crypto), bound to its file, its place in it and whether it is the last one:
what was left out, cut off or put elsewhere does not open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO

from forum import crypto

CHUNK = 64 * 1024  # bytes in clear
_SEALED = CHUNK + crypto.OVERHEAD


def sealed(wrapped_key: bytes, chunks: Iterable[bytes], *, bound_to: str) -> Iterator[bytes]:
    """What is kept of the `chunks`, which may have any size. Raises CannotDecrypt when the key is missing."""
    number, waiting = 0, b""
    for chunk in chunks:
        waiting += chunk
        while len(waiting) > CHUNK:
            yield _seal(wrapped_key, waiting[:CHUNK], bound_to, number, last=False)
            number, waiting = number + 1, waiting[CHUNK:]
    yield _seal(wrapped_key, waiting, bound_to, number, last=True)


def opened(wrapped_key: bytes, file: IO[bytes], *, bound_to: str) -> Iterator[bytes]:
    """The chunks in clear. Raises CannotDecrypt at the first that is not what was written."""
    number, kept = 0, file.read(_SEALED)
    while True:
        following = file.read(_SEALED)
        place = _place(bound_to, number, last=not following)
        yield crypto.decrypt_bytes(wrapped_key, kept, bound_to=place)
        if not following:
            return
        number, kept = number + 1, following


def _seal(wrapped_key: bytes, plain: bytes, bound_to: str, number: int, *, last: bool) -> bytes:
    return crypto.encrypt_bytes(wrapped_key, plain, bound_to=_place(bound_to, number, last=last))


def _place(bound_to: str, number: int, *, last: bool) -> str:
    return f"{bound_to}:{number}:{'end' if last else 'more'}"
