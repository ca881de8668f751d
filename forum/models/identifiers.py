"""Identifiers for addresses: random, so that nobody can count or guess what is not shown."""

from __future__ import annotations

import secrets

from django.utils.text import slugify

# Crockford's base 32 in lower case: no letter is taken for a digit when read aloud.
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
# For what is printed and typed in again: nothing that looks like something else, and no vowel to make a word of.
_PRINTABLE = "23456789bcdfghjkmnpqrstvwxz"
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


def new_public_id() -> str:
    """Ten characters, 50 random bits."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(10))


def new_code() -> str:
    """Five characters for a short link: one of 14 million, so a slip of the finger leads nowhere rather than astray."""
    return "".join(secrets.choice(_PRINTABLE) for _ in range(5))


def slug_of(title: str) -> str:
    """Words of the title for an address; never empty, at most 80 characters."""
    return slugify(title.translate(_GERMAN))[:80].strip("-") or "-"
