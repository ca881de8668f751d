"""Words that the team says again and again, to be put into an answer and made personal."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.desk_querysets import SavedReplyQuerySet
from forum.markdown import MAX_LENGTH
from forum.models.post import actor, actor_name

if TYPE_CHECKING:
    from accounts.models import User


class SavedReply(models.Model):
    author = actor("saved_replies")
    author_name = actor_name()
    # The whole team's. Not told by an empty author: what an erased person kept alone would become everybody's.
    is_shared = models.BooleanField(_("for the whole team"), default=False)
    title = models.CharField(_("title"), max_length=80)
    text = models.TextField(_("text"), max_length=MAX_LENGTH)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    edited_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = SavedReplyQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["title", "pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["title"], name="reply_shared", condition=models.Q(is_shared=True))
        ]

    def __str__(self) -> str:
        return self.title

    def sign(self, author: User) -> None:
        """Whose it is; does not save."""
        self.author, self.author_name = author, author.public_name
