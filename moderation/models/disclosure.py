"""The one message of a private conversation that somebody has shown to the moderators with a report.

A copy, sealed: moderators read this and never the room. It goes with what else is kept of who reported.
"""

from __future__ import annotations

from django.db import models

from accounts.crypto import CannotDecrypt, seal, unseal
from forum.markdown import render
from moderation.models.notice import Notice


class Disclosure(models.Model):
    notice = models.OneToOneField(Notice, on_delete=models.CASCADE, related_name="disclosure")
    sealed_text = models.TextField(editable=False)
    is_by_staff = models.BooleanField()
    written_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Disclosed with {self.notice}"

    @property
    def text(self) -> str:
        """Raises accounts.crypto.CannotDecrypt."""
        return unseal(self.sealed_text, bound_to=f"notice:{self.notice_id}")

    @text.setter
    def text(self, value: str) -> None:
        self.sealed_text = seal(value, bound_to=f"notice:{self.notice_id}")

    @property
    def legible_html(self) -> str | None:
        """Rendered, or None when it can not be decrypted."""
        try:
            return render(self.text)
        except CannotDecrypt:
            return None
