"""A picture somebody sent: whose it is, what it belongs to, and where its file lies."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.utils import timezone

from forum.markdown.pictures import MEDIA_PATH, UPLOADS, has_small, markdown_for, small_name
from forum.models.answer import Answer, Comment
from forum.models.draft import Draft
from forum.models.faq import FaqEntry
from forum.models.post import actor, actor_name
from forum.models.question import Question
from forum.upload_querysets import UploadQuerySet

if TYPE_CHECKING:
    from accounts.models import User

DESCRIPTION_MAX = 300  # characters


class Upload(models.Model):
    """In no post while it stands in a draft at most, and in one from then on. Its file never changes."""

    owner = actor("uploads")
    owner_name = actor_name()
    # Set null, not cascade: a file whose row went with its post would never be found again.
    question = models.ForeignKey(Question, null=True, on_delete=models.SET_NULL, related_name="uploads")
    answer = models.ForeignKey(Answer, null=True, on_delete=models.SET_NULL, related_name="uploads")
    comment = models.ForeignKey(Comment, null=True, on_delete=models.SET_NULL, related_name="uploads")
    entry = models.ForeignKey(FaqEntry, null=True, on_delete=models.SET_NULL, related_name="uploads")
    # As long as somebody may go on with it.
    draft = models.ForeignKey(Draft, null=True, on_delete=models.SET_NULL, related_name="uploads")
    # Not unique: the same picture in two posts is two rows with one file.
    image = models.FileField(max_length=80, db_index=True)
    alternative_text = models.CharField(max_length=DESCRIPTION_MAX, blank=True, default="")
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    # Bytes: of the files on the disk, and as it was sent, which is what the daily limit counts.
    size = models.PositiveIntegerField()
    received = models.PositiveIntegerField()
    hash = models.CharField(max_length=64)  # SHA-256 of what was sent
    created_at = models.DateTimeField(default=timezone.now)

    objects = UploadQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=(
                    models.Q(question=None, answer=None, comment=None)
                    | models.Q(question=None, answer=None, entry=None)
                    | models.Q(question=None, comment=None, entry=None)
                    | models.Q(answer=None, comment=None, entry=None)
                ),
                name="upload_in_one_place",
            )
        ]

    def __str__(self) -> str:
        return str(self.image)

    def belong_to(self, owner: User) -> None:
        self.owner, self.owner_name = owner, owner.nickname

    @property
    def name(self) -> str:
        return str(self.image.name)

    @property
    def files(self) -> list[str]:
        return [self.name, small_name(self.name)] if has_small(self.width) else [self.name]

    @property
    def url(self) -> str:
        return f"{MEDIA_PATH}{self.name}"

    @property
    def markdown(self) -> str:
        return markdown_for(self.name, self.alternative_text)


def new_name(width: int, height: int) -> str:
    """128 random bits, so that nobody guesses it, and what a page must know before the picture is there."""
    return f"{UPLOADS}{secrets.token_hex(16)}-{width}x{height}.webp"
