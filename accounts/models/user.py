"""The person: a nickname that is shown, an e-mail address that never is, and perhaps a role."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.confusables import skeleton
from accounts.nicknames import nickname_key, validate_nickname

if TYPE_CHECKING:
    from accounts.models.staff_card import StaffCard


# Between two changes of a nickname: long enough that nobody can play hide and seek with those who read along.
NICKNAME_STAYS = timedelta(days=30)


class Role(models.TextChoices):
    STAFF = "staff", _("Staff")
    MODERATOR = "moderator", _("Moderator")
    OWNER = "owner", _("Owner")


# From what may least to what may most.
RANKS = ("", Role.STAFF, Role.MODERATOR, Role.OWNER)


class UserManager(BaseUserManager["User"]):
    def owners(self) -> models.QuerySet[User]:
        """Those who can change the people of the site today."""
        return self.filter(role=Role.OWNER, is_active=True, suspended_at=None)

    def team(self) -> models.QuerySet[User]:
        return self.filter(is_active=True).exclude(role="")

    def create_user(self, nickname: str, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(nickname=nickname, email=email.lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, nickname: str, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(nickname, email, password, role=Role.OWNER, **fields)

    def get_by_natural_key(self, nickname: str | None) -> User:
        return self.get(nickname_key=nickname_key(nickname or ""))

    def called(self, name: str) -> User | None:
        """Whoever signs in under this nickname or e-mail address; no nickname has an @."""
        found = self.filter(email=name.lower()) if "@" in name else self.filter(nickname_key=nickname_key(name))
        return found.first()


class User(AbstractBaseUser):
    nickname = models.CharField(_("nickname"), max_length=20, unique=True, validators=[validate_nickname])
    nickname_key = models.CharField(max_length=80, unique=True, editable=False)
    # What the nickname looks like. Empty only where two accounts looked alike before this was asked for.
    nickname_skeleton = models.CharField(max_length=160, unique=True, null=True, editable=False)
    nickname_changed_at = models.DateTimeField(null=True, blank=True, editable=False)
    page_hidden_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Set with a Verification and emptied when it is undone; the tick is shown only if its owner wants it.
    verified_at = models.DateTimeField(null=True, blank=True, editable=False)
    tick_shown_at = models.DateTimeField(null=True, blank=True, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    role = models.CharField(_("role"), max_length=10, choices=Role.choices, blank=True, default="")
    language = models.CharField(_("language of mails"), max_length=2, blank=True, default="")
    is_active = models.BooleanField(_("may sign in"), default=True)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)
    codes_void_before = models.DateTimeField(null=True, blank=True, editable=False)
    new_device_letters = models.BooleanField(_("letters about new devices"), default=True, db_default=True)
    comment_letters = models.BooleanField(_("letters about comments"), default=True, db_default=True)
    suspended_at = models.DateTimeField(null=True, blank=True, editable=False)
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)
    # That the account goes unless somebody signs in.
    told_inactive_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Part of every session's check, so one more ends them all at their next request, whoever keeps them.
    session_generation = models.PositiveIntegerField(default=0, db_default=0, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "nickname"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["email"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.nickname

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.nickname_key = nickname_key(self.nickname)
        if self._state.adding or self.nickname_skeleton is not None:
            self.nickname_skeleton = skeleton(self.nickname)
        if kwargs.get("update_fields") is not None and "nickname" in kwargs["update_fields"]:
            kwargs["update_fields"] = {*kwargs["update_fields"], "nickname_key", "nickname_skeleton"}
        super().save(*args, **kwargs)

    def rename(self, nickname: str) -> None:
        """Sets the nickname; does not save."""
        self.nickname, self.nickname_skeleton = nickname, skeleton(nickname)
        self.nickname_changed_at = timezone.now()

    @property
    def nickname_stays_until(self) -> datetime | None:
        """From when on the nickname may be changed again; None when it may be at once."""
        until = self.nickname_changed_at and self.nickname_changed_at + NICKNAME_STAYS
        return until if until and until > timezone.now() else None

    @property
    def has_public_page(self) -> bool:
        return self.page_hidden_at is None

    @property
    def shows_tick(self) -> bool:
        """Whether others read "Verified customer" beside the nickname."""
        return self.verified_at is not None and self.tick_shown_at is not None

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """As Django's, of the password and the generation; none is signed out by the field being there."""
        if not self.session_generation:
            return super()._get_session_auth_hash(secret=secret)  # type: ignore[misc]
        signed = f"{self.password}#{self.session_generation}"
        return salted_hmac("accounts.session", signed, secret=secret, algorithm="sha256").hexdigest()

    @property
    def has_confirmed_address(self) -> bool:
        return bool(self.emailaddress_set.filter(verified=True).exists())  # type: ignore[attr-defined]

    @property
    def is_staff(self) -> bool:
        return bool(self.role)

    @property
    def is_moderator(self) -> bool:
        return self.role in {Role.MODERATOR, Role.OWNER}

    @property
    def is_owner(self) -> bool:
        return self.role == Role.OWNER

    @property
    def may_manage_people(self) -> bool:
        """See UserManager.owners."""
        return self.is_owner and self.is_active and not self.suspended_at

    @property
    def is_only_owner(self) -> bool:
        """Whether nobody could change the company's settings and people without this person."""
        return self.may_manage_people and not User.objects.owners().exclude(pk=self.pk).exists()

    @property
    def public_name(self) -> str:
        """The name under which this person acts in public: staff by their card, customers by nickname."""
        card = getattr(self, "staff_card", None) if self.is_staff else None
        return card.name if card else self.nickname

    @property
    def serving_card(self) -> StaffCard | None:
        """The card under which this person answers today."""
        card: StaffCard | None = getattr(self, "staff_card", None)
        return card if card and card.is_serving else None

    # The admin site asks these two. It opens to owners only, who may do all that is registered there.
    def has_perm(self, perm: str, obj: object | None = None) -> bool:
        return self.is_active and self.is_owner

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_active and self.is_owner
