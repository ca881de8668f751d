"""A picture or file in a private conversation: its name and what is in it are sealed like the messages."""

from __future__ import annotations

import secrets
import uuid
from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum import crypto
from forum.attachment_querysets import AttachmentQuerySet
from forum.models.conversation import Conversation, Message
from forum.models.post import actor

# In the order of the form's sentence; the types browsers are told.
TYPES = {"picture": "image/webp", "pdf": "application/pdf", "text": "text/plain; charset=utf-8"}
SUFFIXES = {"picture": ".webp", "pdf": ".pdf", "text": ".txt"}


class Attachment(models.Model):
    """Not sent while its message is being written. What lies in the store is made of chunks (forum.sealed_files)."""

    class Kind(models.TextChoices):
        PICTURE = "picture", _("Picture")
        PDF = "pdf", _("PDF")
        TEXT = "text", _("Text")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Set null, not cascade: a file whose row went with its conversation would never be found again.
    conversation = models.ForeignKey(Conversation, null=True, on_delete=models.SET_NULL, related_name="attachments")
    message = models.ForeignKey(Message, null=True, on_delete=models.SET_NULL, related_name="attachments")
    is_sent = models.BooleanField(default=False)
    # Nobody for a customer without an account.
    author = actor()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    sealed_name = models.BinaryField(editable=False)
    # Where it lies in the private store: random, and says nothing.
    file = models.CharField(max_length=40, editable=False)
    size = models.PositiveIntegerField()  # bytes, in clear
    width = models.PositiveSmallIntegerField(null=True)
    height = models.PositiveSmallIntegerField(null=True)
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["created_at", "id"]

    def __str__(self) -> str:
        return f"Attachment {self.id}"

    def get_absolute_url(self) -> str:
        return reverse("forum:conversation_file", args=[self.conversation_id, self.pk])

    @property
    def place(self) -> str:
        """What its chunks are bound to."""
        return f"file:{self.id}"

    @property
    def key(self) -> bytes:
        """Of its conversation. Raises crypto.CannotDecrypt when that is gone, and the key with it."""
        if self.conversation is None:
            raise crypto.CannotDecrypt("The conversation of this file is gone, and its key with it.")
        return bytes(self.conversation.wrapped_key)

    @property
    def name(self) -> str:
        """As its sender called it. Raises crypto.CannotDecrypt."""
        return crypto.decrypt(self.key, bytes(self.sealed_name), bound_to=f"name:{self.id}")

    @name.setter
    def name(self, value: str) -> None:
        self.sealed_name = crypto.encrypt(self.key, value, bound_to=f"name:{self.id}")

    @property
    def legible_name(self) -> str | None:
        """The name, or None when it can not be decrypted."""
        try:
            return self.name
        except crypto.CannotDecrypt:
            return None

    @property
    def is_picture(self) -> bool:
        return self.kind == self.Kind.PICTURE

    @property
    def content_type(self) -> str:
        return TYPES[self.kind]


def new_file_name() -> str:
    """128 random bits, in one of 256 folders."""
    name = secrets.token_hex(16)
    return f"{name[:2]}/{name}"
