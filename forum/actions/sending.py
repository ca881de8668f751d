"""A form carries a random key: however often it arrives, one thing comes of it, and a repetition leads there.

The key is drawn when the form is opened. Its digest is unique in the database, so this holds for a double click, a
browser or proxy that tries again, two workers and changed white space alike. Kept for a day.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

from django.db import IntegrityError, models, transaction
from django.db.models import Q

from accounts.models import User
from forum.models import Draft, FormKey

M = TypeVar("M", bound=models.Model)

KEPT = timedelta(hours=24)
_KEY = re.compile(r"[\w-]{16,64}", re.ASCII)


@dataclass(frozen=True)
class Sent:
    """Who sent which form. `key` is what the form says; whatever can be no key counts as none."""

    author: User | None
    purpose: str
    target: str = ""
    key: str = ""
    # Of the draft, as the form knew it.
    draft_version: int = 0

    @property
    def digest(self) -> str:
        """Nothing when the form brought no key."""
        if not _KEY.fullmatch(self.key):
            return ""
        sender = self.author.pk if self.author else 0
        # Without a secret: the key has 128 random bits of its own.
        return hashlib.sha256(f"{sender}:{self.purpose}:{self.target}:{self.key}".encode()).hexdigest()


def send_once(sent: Sent | None, model: type[M], write: Callable[[], M]) -> M:
    """What `write` makes, or what the same form made before. The draft of the form goes with it."""
    if sent is None:
        return write()
    try:
        with transaction.atomic():
            return made_before(sent, model) or _write(sent, write)
    except IntegrityError:
        # Another worker had the same form in hand and was quicker: what this one wrote is undone.
        made = made_before(sent, model)
        if made is None:
            raise
        return made


def made_before(sent: Sent, model: type[M]) -> M | None:
    """What came of this form, if it was sent already."""
    used = FormKey.objects.filter(digest=sent.digest).first() if sent.digest else None
    return model._base_manager.filter(pk=used.made).first() if used else None


def _write(sent: Sent, write: Callable[[], M]) -> M:
    made = write()
    if sent.digest:
        FormKey.objects.create(digest=sent.digest, made=str(made.pk))
    forget_draft(sent)
    return made


def forget_draft(sent: Sent) -> None:
    """Deletes the draft that was sent. What another window has saved meanwhile is not that, and stays."""
    if sent.author is None:
        return
    own: Any = Draft.objects.filter(owner=sent.author).on(sent.purpose, sent.target)
    same = Q(version=sent.draft_version)
    own.filter(same | Q(form=sent.digest) if sent.digest else same).delete()
