"""The FAQ: edited answers that visitors browse, and the questions they came from."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.markdown import MAX_LENGTH, render
from forum.models.answer import Answer
from forum.models.post import actor, actor_name
from forum.models.question import Question
from forum.models.topic import Topic
from forum.querysets import FaqEntryQuerySet, FaqSourceQuerySet


class FaqEntry(models.Model):
    kind: ClassVar[str] = "faq"

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    language = models.CharField(_("language"), max_length=2, choices=[("de", "Deutsch"), ("en", "English")])
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="faq_entries", verbose_name=_("topic"))
    title = models.CharField(_("question"), max_length=150)
    text = models.TextField(_("answer"), max_length=MAX_LENGTH)
    html = models.TextField(editable=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    author = actor("faq_entries")
    author_name = actor_name()
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    edited_at = models.DateTimeField(null=True, blank=True, editable=False)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    retired_at = models.DateTimeField(null=True, blank=True, editable=False)
    checked_at = models.DateTimeField(null=True, blank=True, editable=False)
    checked_by = actor()
    checked_by_name = actor_name()
    review_due_on = models.DateField(_("check again on"), null=True, blank=True)

    objects = FaqEntryQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["topic__position", "position", "id"]
        verbose_name = _("FAQ entry")
        verbose_name_plural = _("FAQ entries")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("forum:faq_detail", args=[self.slug])

    def write(self, text: str) -> None:
        """Sets the text and its rendered form; does not save."""
        self.text, self.html = text, render(text)

    @property
    def is_published(self) -> bool:
        return self.published_at is not None and self.retired_at is None


class FaqSource(models.Model):
    """Where an entry came from. Hiding the source never breaks the entry, which has its own text."""

    entry = models.ForeignKey(FaqEntry, on_delete=models.CASCADE, related_name="sources")
    question = models.ForeignKey(Question, null=True, on_delete=models.SET_NULL, related_name="faq_sources")
    answer = models.ForeignKey(Answer, null=True, on_delete=models.SET_NULL, related_name="faq_sources")
    added_by = actor()
    added_at = models.DateTimeField(default=timezone.now)

    objects = FaqSourceQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["entry", "question"], name="faq_source_once")
        ]

    def __str__(self) -> str:
        return f"Source of {self.entry_id}"
