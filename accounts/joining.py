"""How somebody comes in by an invitation: the address it was sent to counts as confirmed."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.db.models import Q, QuerySet

from accounts.models import Invitation, User


def create_invited(*, invitation: Invitation, nickname: str, password: str, language: str) -> User:
    """A new account with the invitation's address. Raises IntegrityError when name or address are taken by now."""
    user = User.objects.create_user(nickname, invitation.email, password, language=language)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def confirm_address(user: User, invitation: Invitation) -> None:
    """Who followed the link reads that mailbox; an account with another address keeps that one."""
    if user.email == invitation.email:
        EmailAddress.objects.filter(user=user, email__iexact=user.email).update(verified=True)


def address_is_taken(email: str) -> bool:
    """Whether somebody has an account with it, confirmed or not."""
    return _with_address(email).exists()


def is_for_another(user: User, invitation: Invitation) -> bool:
    """Whether the address it was sent to is somebody else's: then the link is not this person's to use."""
    holders = _with_address(invitation.email)
    return holders.exists() and not holders.filter(pk=user.pk).exists()


def _with_address(email: str) -> QuerySet[User]:
    confirmed = EmailAddress.objects.filter(verified=True, email__iexact=email).values("user")
    return User.objects.filter(Q(email=email) | Q(pk__in=confirmed))
