"""Answers and comments under a question, and the act of accepting an answer."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext

from forum.addresses import address
from forum.models.post import Post, actor, actor_name, nickname_of, unnamed
from forum.models.question import Question
from forum.querysets import AcceptanceQuerySet, AnswerQuerySet, CommentQuerySet


class Answer(Post):
    kind: ClassVar[str] = "answer"

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="answers")
    helpful_count = models.PositiveIntegerField(default=0)

    objects = AnswerQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Answer {self.public_id}"

    def get_absolute_url(self) -> str:
        return f"{self.question.get_absolute_url()}#a-{self.public_id}"


class Acceptance(models.Model):
    """Somebody said: this answer settles it. The question is the answer's, so the two can not disagree."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="acceptances")
    accepted_by = actor()
    accepted_by_name = actor_name()
    by_staff = models.BooleanField(default=False)
    accepted_at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = actor()
    undone_by_name = actor_name()

    objects = AcceptanceQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["answer"], condition=models.Q(undone_at=None), name="answer_accepted_once_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"Acceptance of {self.answer_id}"

    @property
    def is_older_than_text(self) -> bool:
        """Whether the answer says something else since."""
        edited_at = self.answer.edited_at
        return edited_at is not None and edited_at > self.accepted_at

    @property
    def shown_name(self) -> str:
        """Who accepted, for everybody. Not of the team: the asker, who may want to be unnamed."""
        if self.by_staff:
            return self.accepted_by_name or gettext("Somebody who left")
        if self.answer.question.is_unnamed:
            return unnamed()
        return nickname_of(self.accepted_by, self.accepted_by_name)


class Comment(Post):
    kind: ClassVar[str] = "comment"

    question = models.ForeignKey(Question, null=True, blank=True, on_delete=models.CASCADE, related_name="comments")
    answer = models.ForeignKey(Answer, null=True, blank=True, on_delete=models.CASCADE, related_name="comments")

    objects = CommentQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(question=None) ^ models.Q(answer=None), name="comment_has_one_place"
            )
        ]

    def __str__(self) -> str:
        return f"Comment {self.public_id}"

    @property
    def thread(self) -> Question:
        """The question on whose page the comment stands."""
        return self.question or self.answer.question  # type: ignore[union-attr]

    def get_absolute_url(self) -> str:
        return address("forum:question_detail", self.thread.public_id, self.thread.slug) + f"#c-{self.public_id}"
