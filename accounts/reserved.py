"""Whose names are taken: a nickname must be free, and must not pass for somebody of the team or the company."""

from __future__ import annotations

from itertools import islice

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from accounts.confusables import skeleton
from accounts.impersonation import mistakable, speaks_for_us
from accounts.models import FormerNickname, StaffCard, User
from accounts.nicknames import MAX_LENGTH, nickname_key, validate_nickname

SUGGESTED = 3
_NUMBERS = range(2, 40)


def check_free(nickname: str, user: User | None = None) -> None:
    """Raises ValidationError when the name is taken, with free ones like it, or speaks for somebody else.

    `user` is who wants to be called so, if they have an account: what is theirs is not taken.
    """
    check_allowed(nickname, user)
    if is_taken(nickname, user):
        raise ValidationError(_taken(nickname, user), code="taken")


def check_allowed(nickname: str, user: User | None = None) -> None:
    """Raises ValidationError when the name breaks a rule or speaks for somebody else; it may be taken."""
    validate_nickname(nickname)
    for path in settings.NICKNAME_CHECKS:
        if reason := import_string(path)(nickname, user):
            raise ValidationError(reason, code="reserved")


def is_taken(nickname: str, user: User | None = None) -> bool:
    """Whether somebody else is called so or much alike, or was and gave it up."""
    others = User.objects.exclude(pk=user.pk) if user else User.objects.all()
    alike = Q(nickname_key=nickname_key(nickname)) | Q(nickname_skeleton=skeleton(nickname))
    # In this order: who gives a name up at this moment is seen in one of the two.
    return others.filter(alike).exists() or FormerNickname.objects.like(nickname).kept_from(user).exists()


def name_of_the_team(nickname: str, user: User | None = None) -> str | None:
    """One of settings.NICKNAME_CHECKS: shown names and roles of the team, also of those who left.

    Of Stella Stern, soap maker, stella7 may be, but neither stellastern7 nor soap.maker. She may be both.
    """
    others = StaffCard.objects.exclude(user=user) if user else StaffCard.objects.all()
    names = [name for card in others.values_list("name", "role_title") for name in card]
    return mistakable() if speaks_for_us(nickname, names, first_names()) else None


def first_names() -> list[str]:
    """The single words of the names on staff cards: free by themselves, but not beside an office or the company."""
    return [word for name in StaffCard.objects.values_list("name", flat=True) for word in name.split()]


def free_nicknames(nickname: str, user: User | None = None) -> list[str]:
    """Up to three names that differ from this one by a number and that `check_free` takes."""
    wishes = (f"{nickname[: MAX_LENGTH - 2]}{number}" for number in _NUMBERS)
    return list(islice((wish for wish in wishes if _may_be(wish, user)), SUGGESTED))


def _may_be(nickname: str, user: User | None) -> bool:
    try:
        validate_nickname(nickname)
    except ValidationError:
        return False
    return not is_taken(nickname, user)


def _taken(nickname: str, user: User | None = None) -> str:
    free = ", ".join(free_nicknames(nickname, user))
    if not free:
        return _("This nickname is taken.")
    return _("This nickname is taken. Still free: %(names)s.") % {"names": free}
