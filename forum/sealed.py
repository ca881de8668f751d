"""The forum's columns with wrapped keys (settings.SEALED)."""

from accounts.rotation import SECRET, WRAPPED, Sealed

SEALED = [
    Sealed("forum.Conversation", "wrapped_key", WRAPPED),
    Sealed("forum.Door", "wrapped_key", WRAPPED),
    Sealed("forum.Draft", "wrapped_key", WRAPPED),
    Sealed("forum.LegalHold", "sealed_reason", SECRET),
    Sealed("forum.LegalHold", "sealed_end_reason", SECRET),
]
