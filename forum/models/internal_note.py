"""What the team tells itself about a question. No customer ever reads it: it is in no feed, search, letter or copy."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.desk_querysets import InternalNoteQuerySet
from forum.markdown import MAX_LENGTH, render
from forum.models.post import actor, actor_name, nickname_of
from forum.models.question import Question

if TYPE_CHECKING:
    from accounts.models import User


class InternalNote(models.Model):
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="internal_notes")
    author = actor("internal_notes")
    author_name = actor_name()
    text = models.TextField(_("text"), max_length=MAX_LENGTH)
    html = models.TextField(editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = InternalNoteQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["created_at", "pk"]

    def __str__(self) -> str:
        return f"{self.author_name}: {self.created_at:%Y-%m-%d}"

    def write(self, text: str, *, by: User) -> None:
        """Sets the text, its rendered form and who says it; does not save."""
        self.text, self.html = text, render(text)
        self.author, self.author_name = by, by.public_name

    @property
    def shown_name(self) -> str:
        if self.author and not self.author.erased_at:
            return self.author.public_name
        return nickname_of(self.author, self.author_name)
