"""What questions, answers and comments share: who said it, what it says, and what became of it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext, pgettext
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


def unnamed() -> str:
    """What stands in the place of a nickname that its owner does not want to show."""
    return pgettext("instead of a nickname", "A customer")


def nickname_of(person: User | None, kept: str) -> str:
    """The nickname of today; the one kept in the row where the account is gone without having been erased."""
    if person and not person.erased_at:
        return person.nickname
    # Until the worker has been everywhere, the account of somebody who erased it is still there, without its name.
    return ("" if person else kept) or gettext("Somebody who left")


def actor_name() -> models.CharField[str, str]:
    return models.CharField(max_length=60, blank=True, default="", editable=False)


class Post(models.Model):
    public_id = models.CharField(max_length=10, unique=True, default=new_public_id, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="%(class)ss"
    )
    author_name = actor_name()
    # The asker wants to be "a customer" here: set on the question and on all that its asker says under it.
    unnamed_at = models.DateTimeField(null=True, blank=True, editable=False)
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
    # Held since an edit: what stood there before was public, so its place is known and nobody needs to be told twice.
    held_edit = models.BooleanField(default=False, db_default=False, editable=False)
    deleted_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Personal data was taken out of the text, for good: unlike what is hidden it stands nowhere any more.
    redacted_at = models.DateTimeField(null=True, blank=True, editable=False)
    redacted_by = actor()
    redacted_by_name = models.CharField(max_length=60, blank=True, default="", db_default="", editable=False)

    class Meta:
        abstract = True

    kind: ClassVar[str]

    @property
    def words(self) -> str:
        """All that the author wrote."""
        return self.text

    @property
    def is_hidden(self) -> bool:
        return self.hidden_at is not None

    @property
    def is_held(self) -> bool:
        return self.held_at is not None

    @property
    def was_never_public(self) -> bool:
        """Whether it was held since it was written: releasing forgets why, removing does not."""
        return bool(self.held_reason) and not self.held_edit

    @property
    def is_by_staff(self) -> bool:
        return bool(self.posted_as_name)

    @property
    def is_unnamed(self) -> bool:
        """Whether everybody but the team reads "A customer" where a nickname would stand."""
        return self.unnamed_at is not None and not self.is_by_staff

    @property
    def shown_name(self) -> str:
        """The name under which the post stands for everybody: the staff card's at that time, else today's nickname."""
        return unnamed() if self.is_unnamed else self.real_name

    @property
    def real_name(self) -> str:
        """As the team knows it. Pages ask forum.bylines, which knows who reads."""
        return self.posted_as_name or nickname_of(self.author, self.author_name)

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

    def hold(self, reason: str, at: datetime, *, edited: bool = False) -> None:
        """Keeps a new or, with `edited`, a changed post for review; does not save."""
        self.held_at, self.held_reason, self.held_edit = at, reason, edited

    def release(self) -> None:
        self.held_at, self.held_reason, self.held_edit = None, "", False
        self.save(update_fields=["held_at", "held_reason", "held_edit"])
