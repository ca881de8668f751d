"""A report: somebody says that something should not stand here (Regulation (EU) 2022/2065, Article 16)."""

from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.models.identifiers import new_public_id
from forum.models.post import Rule, actor_name, nickname_of


class TargetKind(models.TextChoices):
    QUESTION = "question", _("Question")
    ANSWER = "answer", _("Answer")
    COMMENT = "comment", _("Comment")
    FAQ = "faq", _("FAQ entry")
    MESSAGE = "message", _("Private message")


class NoticeQuerySet(models.QuerySet["Notice"]):
    def open(self) -> Self:
        return self.filter(decision=None).order_by("created_at")

    def decided(self) -> Self:
        return self.exclude(decision=None).order_by("-created_at")

    def about(self, kind: str, target_id: str) -> Self:
        return self.filter(target_kind=kind, target_id=target_id)


class Notice(models.Model):
    public_id = models.CharField(max_length=10, unique=True, default=new_public_id, editable=False)
    target_kind = models.CharField(max_length=10, choices=TargetKind.choices)
    # The public id of a post, the slug of a FAQ entry: an address, not a row, so that it outlives both.
    target_id = models.CharField(max_length=80)
    target_author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="notices"
    )
    reporter_name = models.CharField(_("your name"), max_length=80, blank=True)
    reporter_email = models.EmailField(_("your e-mail address"), blank=True)
    # In which the report was written; who has no account gets our letters about it in no other. Empty: the company's.
    language = models.CharField(max_length=2, blank=True, default="", db_default="", editable=False)
    rule = models.CharField(_("what is wrong"), max_length=20, choices=Rule.choices)
    reason = models.TextField(_("reason"), max_length=2000)
    created_at = models.DateTimeField(default=timezone.now)

    objects = NoticeQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Notice {self.public_id}"

    def get_absolute_url(self) -> str:
        return reverse("moderation:notice_detail", args=[self.public_id])

    @property
    def reporter_shown(self) -> str:
        """The nickname of a reporter with an account."""
        return nickname_of(self.reporter, self.reporter_name)

    @property
    def is_private(self) -> bool:
        """About a message in a private conversation, of which moderators read a copy."""
        return self.target_kind == TargetKind.MESSAGE

    @property
    def is_decided(self) -> bool:
        return hasattr(self, "decision")


class Verb(models.TextChoices):
    HIDE = "hide", _("Removed")
    KEEP = "keep", _("Left as it is")
    RESTORE = "restore", _("Restored")
    RELEASE = "release", _("Published after review")
    REDACT = "redact", _("Personal data removed")
    HIDE_VERSION = "hide-one", _("A former version removed")
    RESTORE_VERSION = "show-one", _("A former version restored")


class Decision(models.Model):
    """What a moderator decided and why: the statement of reasons (Regulation (EU) 2022/2065, Article 17)."""

    notice = models.OneToOneField(Notice, null=True, blank=True, on_delete=models.SET_NULL, related_name="decision")
    target_kind = models.CharField(max_length=10, choices=TargetKind.choices)
    target_id = models.CharField(max_length=80)
    target_author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="decisions"
    )
    # Of the post's former versions the one that was decided about, where it is not about the post itself.
    version = models.PositiveIntegerField(null=True, blank=True)
    verb = models.CharField(max_length=10, choices=Verb.choices)
    rule = models.CharField(_("rule"), max_length=20, choices=Rule.choices, blank=True)
    reason = models.TextField(_("reason"), max_length=500)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_by_name = actor_name()
    decided_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["-decided_at"]

    def __str__(self) -> str:
        return f"{self.verb} {self.target_kind} {self.target_id}"
