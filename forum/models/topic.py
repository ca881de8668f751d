"""What people ask about, and whether that is asked in public, in private, or as the asker likes."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Invitation
from forum.addresses import address
from forum.querysets import TopicQuerySet


class Channel(models.TextChoices):
    PUBLIC = "public", _("Public")
    BOTH = "both", _("Public or private")
    PRIVATE = "private", _("Private only")


class Topic(models.Model):
    name = models.CharField(_("name"), max_length=60)
    slug = models.SlugField(_("address"), max_length=60, unique=True)
    description = models.CharField(_("description"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    channel = models.CharField(_("channel"), max_length=7, choices=Channel.choices, default=Channel.PUBLIC)
    discreet = models.BooleanField(
        _("discreet"), default=False, help_text=_("Private, and never named in mails, page titles or previews.")
    )
    sensitive = models.BooleanField(
        _("sensitive"),
        default=False,
        db_default=False,
        help_text=_("Who writes about an illness here in public is asked whether they would rather ask in private."),
    )
    health_data = models.BooleanField(
        _("about health"),
        default=False,
        db_default=False,
        help_text=_("Before the first private message people are asked for their consent, which they can take back."),
    )
    retention_days = models.PositiveSmallIntegerField(
        _("delete closed conversations after (days)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Empty: as the company does."),
    )
    # Of the short link that is printed on packages: given once, when somebody of the team first looks for it, and never
    # changed, whatever becomes of name and address.
    code = models.CharField(max_length=5, unique=True, null=True, blank=True, editable=False)
    staff = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="served_topics", verbose_name=_("served by")
    )
    # Whoever accepts the invitation serves the topic from then on.
    invited = models.ManyToManyField(Invitation, blank=True, editable=False, related_name="topics")

    objects = TopicQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["position", "name"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(discreet=False) | models.Q(channel="private"), name="discreet_topic_is_private"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        if self.discreet:
            return address("forum:private_topic", self.pk)
        return address("forum:topic_detail", self.slug)

    @property
    def short_address(self) -> str:
        """The address for packages; "" before one was asked for. It names nothing, and leads to the topic for ever."""
        return reverse("forum:topic_short", args=[self.code]) if self.code else ""

    @property
    def faq_address(self) -> str:
        """All of its FAQ; by its number where its name should stand in no address."""
        return f"{reverse('forum:faq_list')}?topic={self.pk if self.discreet else self.slug}"

    @property
    def private_address(self) -> str:
        """Where one writes about it in private: by its number where its name should stand in no address."""
        return f"{reverse('forum:conversation_new')}?topic={self.pk if self.discreet else self.slug}"

    @property
    def takes_questions(self) -> bool:
        return self.channel != Channel.PRIVATE

    @property
    def takes_conversations(self) -> bool:
        return self.channel != Channel.PUBLIC
