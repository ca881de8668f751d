"""Moderation's columns with wrapped keys (settings.SEALED)."""

from accounts.rotation import SECRET, Sealed

SEALED = [Sealed("moderation.Disclosure", "sealed_text", SECRET)]
