"""The small things people leave on posts: I have this too, this helped, tell me more, and every edit."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext

from forum.models.answer import Answer, Comment
from forum.models.post import Post, actor, actor_name
from forum.models.question import Question
from forum.querysets import RevisionQuerySet


class MeToo(models.Model):
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="metoos")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="metoos")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["question", "user"], name="metoo_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} has question {self.question_id} too"


class Helpful(models.Model):
    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="helpfuls")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="helpfuls")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["answer", "user"], name="helpful_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} finds answer {self.answer_id} helpful"


class Subscription(models.Model):
    """A person wants mail about what happens to a question."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="subscriptions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="subscriptions")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["question", "user"], name="subscription_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} follows question {self.question_id}"


class Revision(models.Model):
    """One version of a post. The first edit also stores the first version, so a post never edited has none."""

    question = models.ForeignKey(Question, null=True, on_delete=models.CASCADE, related_name="revisions")
    answer = models.ForeignKey(Answer, null=True, on_delete=models.CASCADE, related_name="revisions")
    comment = models.ForeignKey(Comment, null=True, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=150, blank=True)
    text = models.TextField()
    edited_by = actor()
    edited_by_name = actor_name()
    reason = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    hidden_at = models.DateTimeField(null=True, blank=True)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=(
                    models.Q(question__isnull=False, answer=None, comment=None)
                    | models.Q(question=None, answer__isnull=False, comment=None)
                    | models.Q(question=None, answer=None, comment__isnull=False)
                ),
                name="revision_of_one_post",
            ),
            models.UniqueConstraint(fields=["question", "number"], name="question_revision_number"),
            models.UniqueConstraint(fields=["answer", "number"], name="answer_revision_number"),
            models.UniqueConstraint(fields=["comment", "number"], name="comment_revision_number"),
        ]

    def __str__(self) -> str:
        return f"Version {self.number}"

    @property
    def post(self) -> Post:
        return self.question or self.answer or self.comment  # type: ignore[return-value]

    @property
    def is_hidden(self) -> bool:
        return self.hidden_at is not None

    @property
    def shown_name(self) -> str:
        """Who wrote this version, for everybody: its author, under the name of the post where that is none."""
        return self.post.shown_name if self.post.is_unnamed else self.edited_by_name or gettext("Somebody who left")
