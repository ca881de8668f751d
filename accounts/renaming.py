"""A new nickname: at most once in NICKNAME_STAYS, shown everywhere at once, the former one blocked for others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.db import IntegrityError, models, transaction

from accounts.models import FormerNickname, User
from accounts.nicknames import nickname_key


class ChangedLately(Exception):
    """The nickname was changed not long ago; `User.nickname_stays_until` says until when it stays."""


class NicknameTaken(IntegrityError):
    """Somebody gave up this name at the very moment in which it was looked at."""


@transaction.atomic
def change_nickname(*, user: User, nickname: str) -> None:
    """Gives the person a new name, which `check_free` has found good, and takes the old one out of every row.

    Raises ChangedLately, and IntegrityError when somebody else took the name meanwhile.
    """
    person = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if person.nickname == nickname:
        return
    if person.nickname_stays_until:
        raise ChangedLately
    former, former_public = person.nickname, person.public_name
    person.rename(nickname)
    person.save(update_fields=["nickname", "nickname_changed_at"])
    if nickname_key(former) != person.nickname_key:
        FormerNickname.keep(former, person)
    settle_nickname(person)
    # A card's name is a name of its own and stays, also where it is spelled like the nickname.
    if former_public != person.public_name or former_public != former:
        _rename_copies(person, former)
    user.refresh_from_db()


def settle_nickname(user: User) -> None:
    """Frees a name that its owner takes back. Raises NicknameTaken for one that somebody else gave up.

    Asked after the name was written: whoever gives it up at this moment has by then done so, or not begun.
    """
    if FormerNickname.objects.like(user.nickname).kept_from(user).exists():
        raise NicknameTaken
    user.former_nicknames.like(user.nickname).delete()


def _rename_copies(user: User, former: str) -> None:
    """Where a row keeps a name beside its person, in case the account goes, it keeps the new one."""
    for model, whose, name in _copies():
        model._base_manager.filter(**whose(user), **{name: former}).update(**{name: user.nickname})
    LogEntry.objects.filter(content_type__app_label="accounts", content_type__model="user", object_id=user.pk).update(
        object_repr=user.nickname
    )


def _copies() -> Iterator[tuple[type[models.Model], Callable[[User], dict[str, Any]], str]]:
    """Every column `<who>_name` beside a `<who>` that is a person; and the badge of somebody who had no card."""
    for model in apps.get_models():
        fields: dict[str, Any] = {field.name: field for field in model._meta.concrete_fields}
        for who, field in fields.items():
            if field.related_model is User and f"{who}_name" in fields:
                yield model, partial(_written_by, who), f"{who}_name"
        if {"author", "posted_as_name", "staff_card"} <= fields.keys():
            yield model, lambda user: {"author": user, "staff_card": None}, "posted_as_name"


def _written_by(who: str, user: User) -> dict[str, Any]:
    return {who: user}
