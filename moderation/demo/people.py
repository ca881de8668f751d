"""Accounts, staff cards and who may sign in."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.core.files.base import ContentFile

from accounts.models import CardConsent, Shown, StaffCard, User
from accounts.models.card_consent import CONSENT_VERSION
from accounts.verifying import verify_customer
from moderation.demo.clock import duration
from moderation.demo.drawing import picture_name
from moderation.demo.portraits import portrait
from moderation.demo.records import Record, read


class SignIn(NamedTuple):
    nickname: str
    role: str
    password: str


def load_people(now: datetime) -> dict[str, User]:
    """Everybody by nickname."""
    file = read("people.toml")
    # Hashing is slow on purpose: once for all, since the password is the same.
    password = make_password(file["password"])
    people = [_person(record, file["domain"], password, now) for record in file["person"]]
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in people
    )
    staff = [(user, record["card"]) for user, record in zip(people, file["person"], strict=True) if "card" in record]
    for position, (user, fields) in enumerate(staff):
        _card(user, position, fields)
    for user, record in zip(people, file["person"], strict=True):
        if "order" in record:
            _verify(user, record["order"], by=people[0])
    return {user.nickname: user for user in people}


def who_may_sign_in() -> list[SignIn]:
    """One account for each role, as far as it exists and its password still is the published one."""
    file = read("people.toml")
    shown = [record["nickname"] for record in file["person"] if record.get("sign_in")]
    users = [user for user in User.objects.filter(nickname__in=shown) if user.check_password(file["password"])]
    users.sort(key=lambda user: shown.index(user.nickname))
    return [SignIn(user.nickname, str(user.get_role_display()) or "Customer", file["password"]) for user in users]


def _person(record: Record, domain: str, password: str, now: datetime) -> User:
    mailbox: str = record.get("email") or record["nickname"]
    user = User(
        nickname=record["nickname"],
        email=f"{mailbox.lower()}@{domain}",
        password=password,
        role=record.get("role", ""),
        language=record.get("language", ""),
        date_joined=now - duration(record["joined"]),
    )
    user.full_clean()
    user.save()
    return user


def _card(user: User, position: int, fields: Record) -> None:
    card = StaffCard(user=user, position=position, **fields)
    picture = portrait(card.slug)
    card.portrait.save(picture_name(picture), ContentFile(picture), save=False)
    card.full_clean()
    card.save()
    for shown in Shown.values:
        CardConsent.objects.create(user=user, to=shown, text_version=CONSENT_VERSION, given_at=user.date_joined)


def _verify(user: User, order_number: str, by: User) -> None:
    """A customer whom the company knows, and who wants others to see it."""
    verify_customer(user=user, order_number=order_number, by=by)
    user.tick_shown_at = user.verified_at
    user.save(update_fields=["tick_shown_at"])
