"""The FAQ: edited answers that visitors browse, and the questions they came from."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from forum.addresses import address
from forum.faq_querysets import FaqEntryQuerySet, FaqRevisionQuerySet, FaqSourceQuerySet
from forum.markdown import MAX_LENGTH, render
from forum.models.answer import Answer
from forum.models.post import Rule, actor, actor_name, nickname_of
from forum.models.question import Question
from forum.models.topic import Topic

if TYPE_CHECKING:
    from accounts.models import User


def _later_name() -> models.CharField[str, str]:
    """Of an actor in a column that came when there were rows already."""
    return models.CharField(max_length=60, blank=True, default="", db_default="", editable=False)


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
    # Removed by a decision, which alone brings it back; it is retired as well for as long as that holds.
    hidden_at = models.DateTimeField(null=True, blank=True, editable=False)
    hidden_by = actor()
    hidden_by_name = models.CharField(max_length=60, blank=True, default="", db_default="", editable=False)
    hidden_rule = models.CharField(
        max_length=20, choices=Rule.choices, blank=True, default="", db_default="", editable=False
    )
    hidden_reason = models.CharField(max_length=500, blank=True, default="", db_default="", editable=False)
    # Its author thinks that it is ready: somebody else looks at it and publishes it.
    submitted_at = models.DateTimeField(null=True, blank=True, editable=False)
    submitted_by = actor()
    submitted_by_name = _later_name()
    # The version in the other language that was there first; that one says nothing itself.
    translation_of = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="translations"
    )
    # Another entry answers it now: retired for as long as that holds, and its address leads there.
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="merged"
    )
    merged_at = models.DateTimeField(null=True, blank=True, editable=False)
    merged_by = actor()
    merged_by_name = _later_name()

    objects = FaqEntryQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["topic__position", "position", "id"]
        verbose_name = _("FAQ entry")
        verbose_name_plural = _("FAQ entries")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(hidden_at=None) | models.Q(retired_at__isnull=False), name="faq_hidden_is_retired"
            ),
            models.CheckConstraint(
                condition=models.Q(merged_into=None) | models.Q(retired_at__isnull=False), name="faq_merged_is_retired"
            ),
            models.CheckConstraint(
                condition=models.Q(translation_of=None) | ~models.Q(translation_of=models.F("id")),
                name="faq_not_its_own_translation",
            ),
            models.UniqueConstraint(fields=["translation_of", "language"], name="faq_translation_once"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """With the words of its title; of a discreet topic with a number, which a history or a glance may show."""
        if self.topic.discreet:
            return address("forum:private_entry", self.pk)
        return address("forum:faq_detail", self.slug)

    @property
    def reported_as(self) -> str:
        """By what the address of a report names it, which is seen like the entry's own."""
        return str(self.pk) if self.topic.discreet else self.slug

    def write(self, text: str) -> None:
        """Sets the text and its rendered form; does not save."""
        self.text, self.html = text, render(text)

    def hide(self, *, by: User, rule: str, reason: str, at: datetime) -> None:
        """Takes the entry from view; called by moderation, which records the decision in the same transaction."""
        self.hidden_at, self.hidden_by, self.hidden_by_name = at, by, by.public_name
        self.hidden_rule, self.hidden_reason = rule, reason
        self.retired_at = self.retired_at or at
        self._save_hiding()

    def restore(self) -> None:
        """Makes it again what it was before it was hidden: published, a draft, or retired by the staff."""
        if self.retired_at == self.hidden_at:
            self.retired_at = None
        self.hidden_at, self.hidden_by, self.hidden_by_name = None, None, ""
        self.hidden_rule, self.hidden_reason = "", ""
        self._save_hiding()

    def _save_hiding(self) -> None:
        facts = ["hidden_at", "hidden_by", "hidden_by_name", "hidden_rule", "hidden_reason", "retired_at"]
        self.save(update_fields=facts)

    @property
    def is_hidden(self) -> bool:
        return self.hidden_at is not None

    @property
    def is_merged(self) -> bool:
        return self.merged_into_id is not None

    @property
    def is_published(self) -> bool:
        return self.published_at is not None and self.retired_at is None


class FaqRevision(models.Model):
    """One version of an entry. As with posts, the first edit also stores the first version."""

    entry = models.ForeignKey(FaqEntry, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=150)
    text = models.TextField()
    edited_by = actor()
    edited_by_name = actor_name()
    reason = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = FaqRevisionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["entry", "number"], name="faq_revision_number")
        ]

    def __str__(self) -> str:
        return f"Version {self.number}"

    @property
    def shown_name(self) -> str:
        return self.edited_by_name or gettext("Somebody who left")


class FaqSource(models.Model):
    """Where an entry came from. Hiding the source never breaks the entry, which has its own text."""

    entry = models.ForeignKey(FaqEntry, on_delete=models.CASCADE, related_name="sources")
    question = models.ForeignKey(Question, null=True, on_delete=models.SET_NULL, related_name="faq_sources")
    answer = models.ForeignKey(Answer, null=True, on_delete=models.SET_NULL, related_name="faq_sources")
    # What the customer agreed to, where it came from a private conversation.
    consent = models.ForeignKey("forum.PublicConsent", null=True, on_delete=models.SET_NULL, related_name="faq_sources")
    added_by = actor()
    added_at = models.DateTimeField(default=timezone.now)
    # The asker was told that their question became an entry.
    told_at = models.DateTimeField(null=True)
    # The asker does not want to be linked, or wants to be named beside the question; both can be taken back.
    objected_at = models.DateTimeField(null=True)
    credited_at = models.DateTimeField(null=True)
    # The entry it was found for, where that was merged into another one since.
    first_entry = models.ForeignKey(FaqEntry, null=True, on_delete=models.SET_NULL, related_name="former_sources")

    objects = FaqSourceQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["entry", "question"], name="faq_source_once")
        ]

    def __str__(self) -> str:
        return f"Source of {self.entry_id}"

    @property
    def credit(self) -> str:
        """The asker's nickname where they want to be named; never of who asked as "a customer"."""
        if not (self.credited_at and self.question and self.question.author) or self.question.is_unnamed:
            return ""
        return nickname_of(self.question.author, "")
