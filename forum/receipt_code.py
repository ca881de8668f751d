"""The code of a receipt: sixteen digits in groups of four, of which the last is a check digit.

Fifteen digits are drawn: 10**15, or 49.8 bits (sixteen without a check digit would be 53). That is little for a secret
somebody may try out at leisure, and much for one that can only be tried here, a few times a minute: see
docs/decisions/0017-receipts.md.
"""

from __future__ import annotations

import hmac
import secrets
import unicodedata
from hashlib import sha256

from django.conf import settings
from django.views.decorators.debug import sensitive_variables

DIGITS = 16
GROUP = 4

# H. Michael Damm, "Total anti-symmetrische Quasigruppen" (Marburg, 2004): finds every single wrong digit and every
# two neighbours that changed places.
_DAMM = (
    "0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
    "3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
)  # fmt: skip


class Mistyped(ValueError):
    """These digits can be no code: a digit is missing, or not the one that was shown."""


@sensitive_variables()
def draw(form: str = "", browser: str = "") -> str:
    """A new code. The same form from the same browser draws the same one, so that a double click loses none.

    Both are secrets of 128 bits and more that are kept nowhere; where one is missing, the code is chance alone.
    """
    if form and browser:
        key = f"forum.receipt_code {settings.SECRET_KEY}".encode()
        drawn = int(hmac.new(key, f"{form}:{browser}".encode(), sha256).hexdigest(), 16)
    else:
        drawn = secrets.randbits(256)
    # 2**256 is so much more than 10**15 that no digit is likelier than another.
    body = f"{drawn % 10 ** (DIGITS - 1):0{DIGITS - 1}d}"
    return body + check_digit(body)


def check_digit(digits: str) -> str:
    state = 0
    for digit in digits:
        state = int(_DAMM[state][int(digit)])
    return str(state)


@sensitive_variables()
def read(typed: str) -> str:
    """The sixteen digits in what somebody typed, with whatever spaces and dashes. Raises Mistyped."""
    kept = [character for character in typed if not (character.isspace() or unicodedata.category(character) == "Pd")]
    digits = "".join(str(unicodedata.digit(character, -1)) for character in kept)
    if len(kept) != DIGITS or len(digits) != DIGITS or check_digit(digits) != "0":
        raise Mistyped
    return digits


def grouped(code: str) -> str:
    """As it is shown, and read out on the phone."""
    return " ".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))
