"""What somebody is still writing, and which forms were sent: so that no word is lost and none is said twice."""

from __future__ import annotations

import json
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum import crypto
from forum.draft_querysets import DraftQuerySet
from forum.models.conversation import Conversation


class Purpose(models.TextChoices):
    """The forms on which a draft is kept, by the name of their page."""

    ASK = "question_ask", _("New question")
    EDIT_QUESTION = "question_edit", _("Change of your question")
    ANSWER = "question_answer", _("Answer")
    EDIT_ANSWER = "answer_edit", _("Change of your answer")
    COMMENT = "question_comment", _("Comment on a question")
    COMMENT_ON_ANSWER = "answer_comment", _("Comment on an answer")
    EDIT_COMMENT = "comment_edit", _("Change of your comment")
    OPEN = "conversation_new", _("New private conversation")
    MESSAGE = "conversation_detail", _("Private message")
    FAQ = "faq_new", _("New FAQ entry")
    EDIT_FAQ = "faq_edit", _("Change of a FAQ entry")


PURPOSES = frozenset(Purpose.values)
PRIVATE = frozenset({Purpose.OPEN, Purpose.MESSAGE})


class Draft(models.Model):
    """One for each person and form. Sealed like a private message: nobody but its owner has a reason to read it."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts")
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    # Which question, answer, comment, entry or conversation; nothing for what is new.
    target = models.CharField(max_length=36, blank=True, default="")
    # So that what was being said in a room goes with the room.
    conversation = models.ForeignKey(Conversation, null=True, on_delete=models.CASCADE, related_name="+")
    # Counted up by every saving: who saves says which one they saw last.
    version = models.PositiveIntegerField(default=1)
    wrapped_key = models.BinaryField(default=crypto.new_data_key, editable=False)
    sealed_words = models.BinaryField(editable=False)
    # Digests of the form that saved it last, and of the session that did.
    form = models.CharField(max_length=64, blank=True, default="")
    session = models.CharField(max_length=64, blank=True, default="")
    saved_at = models.DateTimeField(default=timezone.now)

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-saved_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["owner", "purpose", "target"], name="draft_once_a_form")
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["saved_at"], name="draft_by_age")]

    def __str__(self) -> str:
        return f"Draft {self.pk}"

    def get_absolute_url(self) -> str:
        """Where it can be gone on with."""
        return reverse(f"forum:{self.purpose}", args=[self.target] if self.target else [])

    @property
    def is_private(self) -> bool:
        return self.purpose in PRIVATE

    @property
    def words(self) -> dict[str, str]:
        """What stands in the fields of the form, by name. Raises crypto.CannotDecrypt."""
        plain = crypto.decrypt(bytes(self.wrapped_key), bytes(self.sealed_words), bound_to=self._place)
        words: dict[str, str] = json.loads(plain)
        return words

    @words.setter
    def words(self, words: dict[str, str]) -> None:
        self.sealed_words = crypto.encrypt(bytes(self.wrapped_key), json.dumps(words), bound_to=self._place)

    @property
    def legible_words(self) -> dict[str, str]:
        """The words; none when they can not be decrypted."""
        try:
            return self.words
        except crypto.CannotDecrypt:
            return {}

    @property
    def is_legible(self) -> bool:
        try:
            return bool(self.words is not None)
        except crypto.CannotDecrypt:
            return False

    @property
    def _place(self) -> str:
        return place_of(self.owner_id, self.purpose, self.target)


def place_of(owner: int | None, purpose: str, target: str) -> str:
    """Where a draft belongs: sealed for one place, it can be opened in no other."""
    return f"draft:{owner}:{purpose}:{target}"


class FormKey(models.Model):
    """A form that was sent, and what came of it: sent once more, it leads there."""

    # Of sender, kind of form and key (forum.actions.sending): whoever guesses a key gets no further with it.
    digest = models.CharField(max_length=64, unique=True)
    made = models.CharField(max_length=40)
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return f"Form {self.digest[:8]}"
