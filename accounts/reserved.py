"""Whose names are taken: a nickname must be free, and must not pass for somebody of the team or the company."""

from __future__ import annotations

from itertools import islice

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from accounts.digests import nickname_digest
from accounts.models import Erasure, StaffCard, User
from accounts.nicknames import MAX_LENGTH, mistakable, nickname_key, validate_nickname, without_signs

SUGGESTED = 3
_NUMBERS = range(2, 40)


def check_free(nickname: str) -> None:
    """Raises ValidationError when the name is taken, with free ones like it, or speaks for somebody else."""
    validate_nickname(nickname)
    for path in settings.NICKNAME_CHECKS:
        if reason := import_string(path)(nickname):
            raise ValidationError(reason, code="reserved")
    if User.objects.filter(nickname_key=nickname_key(nickname)).exists():
        raise ValidationError(_taken(nickname), code="taken")


def name_of_the_team(nickname: str) -> str | None:
    """One of settings.NICKNAME_CHECKS: the names on staff cards, also of those who left. stella7 may be, stella not."""
    wanted = without_signs(nickname)
    names = StaffCard.objects.values_list("name", flat=True)
    return mistakable() if any(without_signs(name) == wanted for name in names) else None


def name_of_somebody_gone(nickname: str) -> str | None:
    """One of settings.NICKNAME_CHECKS: who erased an account is not followed by somebody of the same name."""
    gone = Erasure.objects.filter(nickname_digest=nickname_digest(nickname)).exists()
    return _("This nickname is taken.") if gone else None


def free_nicknames(nickname: str) -> list[str]:
    """Up to three names that differ from this one by a number and are not taken."""
    wishes = [f"{nickname[: MAX_LENGTH - 2]}{number}" for number in _NUMBERS]
    keys = {nickname_key(wish): wish for wish in wishes}
    taken = set(User.objects.filter(nickname_key__in=keys).values_list("nickname_key", flat=True))
    return list(islice((wish for key, wish in keys.items() if key not in taken), SUGGESTED))


def _taken(nickname: str) -> str:
    free = ", ".join(free_nicknames(nickname))
    if not free:
        return _("This nickname is taken.")
    return _("This nickname is taken. Still free: %(names)s.") % {"names": free}
