"""People of another system: accounts that nobody can sign in to, under a nickname our rules allow."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from hashlib import sha256

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.core.exceptions import ValidationError
from django.utils.text import slugify

from accounts.models import Role, StaffCard, User
from accounts.nicknames import MAX_LENGTH, validate_nickname
from accounts.reserved import check_allowed, is_taken


def free_nickname(shown_name: str, fallback: str, *, is_staff: bool = False) -> str:
    """The name as a nickname that is allowed here and not taken; `fallback` when nothing of it can stay."""
    name = unicodedata.normalize("NFKC", shown_name)
    name = re.sub(r"[._\-]{2,}", ".", re.sub(r"[^\w.\-]+", ".", name)).strip(".-_")[:MAX_LENGTH].rstrip(".-_")
    if not _is_allowed(name, is_staff):
        name = fallback[:MAX_LENGTH]
    candidate, number = name, 1
    while is_taken(candidate):
        number += 1
        candidate = f"{name[: MAX_LENGTH - len(str(number)) - 1]}-{number}"
    return candidate


def _is_allowed(name: str, is_staff: bool) -> bool:
    """Whether the rules allow the name, be it free or not; that of a customer must not pass for the team's."""
    try:
        validate_nickname(name) if is_staff else check_allowed(name)
    except ValidationError:
        return False
    return True


def create_author(*, shown_name: str, source: str, foreign_id: str, joined_at: datetime, is_staff: bool) -> User:
    """An account without password and with an address that can not exist (RFC 2606), so no mail is ever sent."""
    user = User(
        nickname=free_nickname(shown_name, f"member-{foreign_id}", is_staff=is_staff),
        email=f"{foreign_id}-{sha256(source.encode()).hexdigest()[:12]}@imported.invalid",
        password=UNUSABLE_PASSWORD_PREFIX,
        is_active=False,
        date_joined=joined_at,
        role=Role.STAFF if is_staff else "",
    )
    user.save()
    if is_staff:
        StaffCard.objects.create(
            user=user, slug=f"{slugify(user.nickname)}-{user.pk}", name=shown_name[:60], role_title=""
        )
    return user
