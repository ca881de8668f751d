"""The person: a nickname that is shown, an e-mail address that never is, and perhaps a role."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.nicknames import nickname_key, validate_nickname

if TYPE_CHECKING:
    from accounts.models.staff_card import StaffCard


class Role(models.TextChoices):
    STAFF = "staff", _("Staff")
    MODERATOR = "moderator", _("Moderator")
    OWNER = "owner", _("Owner")


class UserManager(BaseUserManager["User"]):
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
    email = models.EmailField(_("e-mail address"), unique=True)
    role = models.CharField(_("role"), max_length=10, choices=Role.choices, blank=True, default="")
    language = models.CharField(_("language of mails"), max_length=2, blank=True, default="")
    is_active = models.BooleanField(_("may sign in"), default=True)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)
    codes_void_before = models.DateTimeField(null=True, blank=True, editable=False)
    new_device_letters = models.BooleanField(_("letters about new devices"), default=True, db_default=True)
    suspended_at = models.DateTimeField(null=True, blank=True, editable=False)

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
        if kwargs.get("update_fields") is not None and "nickname" in kwargs["update_fields"]:
            kwargs["update_fields"] = {*kwargs["update_fields"], "nickname_key"}
        super().save(*args, **kwargs)

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
