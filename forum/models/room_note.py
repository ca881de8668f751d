"""What the staff of a topic tell each other about a conversation, and who hands it to whom. No customer reads it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.utils import timezone

from forum import crypto
from forum.conversation_querysets import RoomNoteQuerySet
from forum.markdown import render
from forum.models.conversation import Conversation
from forum.models.post import actor, actor_name

if TYPE_CHECKING:
    from accounts.models import User


class RoomNote(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="notes")
    author = actor()
    author_name = actor_name()
    # Nobody in both columns: it is nobody's in particular, or only a note.
    handed_to = actor()
    handed_to_name = actor_name()
    is_handing_over = models.BooleanField(default=False)
    # Null when nothing was said about it.
    sealed_text = models.BinaryField(null=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now)

    objects = RoomNoteQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["created_at", "id"]

    def __str__(self) -> str:
        return f"Note {self.id}"

    def write(self, text: str, *, by: User) -> None:
        """Sets what is said and who says it; does not save."""
        self.author, self.author_name = by, by.public_name
        if text:
            key = bytes(self.conversation.wrapped_key)
            self.sealed_text = crypto.encrypt(key, text, bound_to=f"note:{self.id}")

    @property
    def text(self) -> str:
        """In clear; nothing when nothing was said. Raises crypto.CannotDecrypt."""
        if self.sealed_text is None:
            return ""
        return crypto.decrypt(bytes(self.conversation.wrapped_key), bytes(self.sealed_text), bound_to=f"note:{self.id}")

    @property
    def legible_html(self) -> str | None:
        """The rendered text, or None when it can not be decrypted."""
        try:
            return render(self.text)
        except crypto.CannotDecrypt:
            return None
