"""What the search looks through: a row beside each question and each published FAQ entry, and the words there are.

The rows are written by forum.search.documents in the transaction that changes what they are made of. Migration 0020
keeps the database's own index beside them: a virtual table with triggers in SQLite, a generated column in PostgreSQL.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from forum.models.faq import FaqEntry
from forum.models.question import Question


class Document(models.Model):
    """Stems alone, each once and in no order of the text: enough to find it, and to say how well it fits."""

    # Stems of the title, each with a t before it.
    head = models.TextField()
    # Stems of the whole text, each with an x before it, behind a few tokens that say who may find it and where.
    tokens = models.TextField()

    class Meta:
        abstract = True


class QuestionDocument(Document):
    # No constraint, here and below: a release that knows nothing of these rows must be able to delete questions.
    question = models.OneToOneField(
        Question, primary_key=True, on_delete=models.CASCADE, related_name="document", db_constraint=False
    )

    def __str__(self) -> str:
        return f"Words of question {self.question_id}"


class FaqDocument(Document):
    entry = models.OneToOneField(
        FaqEntry, primary_key=True, on_delete=models.CASCADE, related_name="document", db_constraint=False
    )

    def __str__(self) -> str:
        return f"Words of FAQ entry {self.entry_id}"


class SearchWord(models.Model):
    """A stem that stands in at least one document, the word it was first met as, and how many documents had it.

    The number is that of the last count: it weighs words, and is nowhere shown. The row of the empty stem counts
    all documents; NOT_BUILT while those from before the index wait for `manage.py reindex`.
    """

    ALL = ""
    NOT_BUILT = -1

    stem = models.CharField(max_length=64, primary_key=True)
    word = models.CharField(max_length=64)
    # The word backwards: words of one ending stand together in its index.
    mirrored = models.CharField(max_length=64, db_index=True)
    documents = models.IntegerField(default=0)

    def __str__(self) -> str:
        return self.word


class SearchMiss(models.Model):
    """What was looked for in vain: words, day and how often; nothing about who looked."""

    words = models.CharField(max_length=200)
    language = models.CharField(max_length=2)
    day = models.DateField()
    count = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["day", "words", "language"], name="search_miss_once_a_day")
        ]

    def __str__(self) -> str:
        return self.words
