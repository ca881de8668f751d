"""What questions, answers and comments share: who said it, what it says, and what became of it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import StaffCard
from forum.markdown import MAX_LENGTH, render
from forum.models.identifiers import new_public_id

if TYPE_CHECKING:
    from accounts.models import User


class Rule(models.TextChoices):
    """The grounds on which a post may be hidden; the house rules explain them."""

    INSULT = "insult", _("Insult or threat")
    PERSONAL_DATA = "personal-data", _("Personal data of somebody")
    ILLEGAL = "illegal", _("Against the law")
    ADVERTISING = "advertising", _("Advertising")
    OFF_TOPIC = "off-topic", _("Has nothing to do with this place")


def actor(related_name: str = "+") -> models.ForeignKey[User | None, User | None]:
    """A person who did something: the fact stays when the account goes."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name=related_name,
    )


def actor_name() -> models.CharField[str, str]:
    return models.CharField(max_length=60, blank=True, default="", editable=False)


class Post(models.Model):
    public_id = models.CharField(max_length=10, unique=True, default=new_public_id, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="%(class)ss"
    )
    author_name = actor_name()
    # The role at the time of writing, so that history stays true when people move on.
    posted_as_name = models.CharField(max_length=60, blank=True, default="", editable=False)
    posted_as_role = models.CharField(max_length=60, blank=True, default="", editable=False)
    posted_as_sign_off = models.CharField(max_length=120, blank=True, default="", editable=False)
    staff_card = models.ForeignKey(
        StaffCard, null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="%(class)ss"
    )
    text = models.TextField(_("text"), max_length=MAX_LENGTH)
    html = models.TextField(editable=False)
    created_at = models.DateTimeField(default=timezone.now, db_index=True)
    edited_at = models.DateTimeField(null=True, blank=True, editable=False)
    hidden_at = models.DateTimeField(null=True, blank=True, editable=False)
    hidden_by = actor()
    hidden_by_name = actor_name()
    hidden_rule = models.CharField(max_length=20, choices=Rule.choices, blank=True, default="", editable=False)
    hidden_reason = models.CharField(max_length=500, blank=True, default="", editable=False)
    held_at = models.DateTimeField(null=True, blank=True, editable=False)
    held_reason = models.CharField(max_length=200, blank=True, default="", editable=False)
    deleted_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    kind: ClassVar[str]

    @property
    def is_hidden(self) -> bool:
        return self.hidden_at is not None

    @property
    def is_held(self) -> bool:
        return self.held_at is not None

    @property
    def is_by_staff(self) -> bool:
        return bool(self.posted_as_name)

    @property
    def shown_name(self) -> str:
        """The name under which the post stands: the staff card's at that time, else the nickname of today."""
        # Until the worker has been everywhere, the account of somebody who erased it is still there, without its name.
        known = self.author.nickname if self.author and not self.author.erased_at else ""
        return self.posted_as_name or known or ("" if self.author else self.author_name) or gettext("Somebody who left")

    def sign(self, author: User, *, badge: bool = False) -> None:
        """Puts the author's name under the post; with `badge`, that of the author's staff card."""
        self.author, self.author_name = author, author.nickname
        if badge and author.is_staff:
            card = StaffCard.objects.filter(user=author, left_at=None).first()
            self.staff_card = card
            self.posted_as_name = card.name if card else author.nickname
            self.posted_as_role = card.role_title if card else author.get_role_display()
            self.posted_as_sign_off = card.sign_off if card else ""

    def write(self, text: str) -> None:
        """Sets the text and its rendered form; does not save."""
        self.text, self.html = text, render(text)

    def hide(self, *, by: User, rule: str, reason: str, at: datetime) -> None:
        """Takes the post from view; called by moderation, which records the decision in the same transaction."""
        self.hidden_at, self.hidden_by, self.hidden_by_name = at, by, by.public_name
        self.hidden_rule, self.hidden_reason, self.held_at = rule, reason, None
        self.save(update_fields=["hidden_at", "hidden_by", "hidden_by_name", "hidden_rule", "hidden_reason", "held_at"])

    def restore(self) -> None:
        """Shows the post again."""
        self.hidden_at, self.hidden_by, self.hidden_by_name = None, None, ""
        self.hidden_rule, self.hidden_reason = "", ""
        self.save(update_fields=["hidden_at", "hidden_by", "hidden_by_name", "hidden_rule", "hidden_reason"])

    def hold(self, reason: str, at: datetime) -> None:
        """Keeps a new post for review; does not save."""
        self.held_at, self.held_reason = at, reason

    def release(self) -> None:
        self.held_at, self.held_reason = None, ""
        self.save(update_fields=["held_at", "held_reason"])
