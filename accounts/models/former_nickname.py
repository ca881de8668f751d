"""Nicknames that were given up: nobody else may take them, ever."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.confusables import skeleton
from accounts.digests import keyed_digest, known_digests
from accounts.nicknames import nickname_key

if TYPE_CHECKING:
    from accounts.models.user import User

_KEY, _LOOK = "nickname key", "nickname skeleton"


def digests_of(nickname: str) -> list[str]:
    """Under which a nickname is known again, however it is spelled; one for each key that still counts."""
    return known_digests(_KEY, nickname_key(nickname))


class FormerNicknameQuerySet(models.QuerySet["FormerNickname"]):
    def like(self, nickname: str) -> Self:
        """Those that are this name or look like it."""
        same = Q(key_digest__in=digests_of(nickname))
        return self.filter(same | Q(skeleton_digest__in=known_digests(_LOOK, skeleton(nickname))))

    def named(self, nickname: str) -> Self:
        """Those that are this very name."""
        return self.filter(key_digest__in=digests_of(nickname))

    def kept_from(self, user: User | None) -> Self:
        """All but those this person gave up and may take back; with nobody, all."""
        return self.exclude(owner=user) if user else self.all()


class FormerNickname(models.Model):
    """The name itself is not kept: its digests are enough to know it again, also when the account is long gone."""

    key_digest = models.CharField(max_length=64, unique=True)
    skeleton_digest = models.CharField(max_length=64, db_index=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="former_nicknames"
    )
    given_up_at = models.DateTimeField(default=timezone.now)

    objects = FormerNicknameQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["given_up_at"]

    def __str__(self) -> str:
        return f"Former nickname #{self.pk}"

    @classmethod
    def keep(cls, nickname: str, owner: User | None) -> None:
        """Blocks the name for everybody but `owner`. A name that looks alike may be blocked already: that stays."""
        cls.objects.update_or_create(
            key_digest=keyed_digest(_KEY, nickname_key(nickname)),
            defaults={"skeleton_digest": keyed_digest(_LOOK, skeleton(nickname)), "owner": owner},
        )
