"""Invite somebody to the team; send it again, withdraw it; and come in by it."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from accounts.joining import confirm_address, create_invited, is_for_another
from accounts.models import Invitation, Role, RoleChange, StaffCard, User
from accounts.models.user import RANKS
from accounts.owners import lock_owners
from forum import team_letters
from forum.actions.team import NotAnOwner, note
from forum.models import Topic


class ForSomebodyElse(Exception):
    """The address it was sent to belongs to another account."""


class InvitationOver(Exception):
    """The invitation was used, withdrawn or ran out in the meantime."""


@transaction.atomic
def invite(*, email: str, role: str, topics: Iterable[Topic], by: User) -> Invitation:
    """Writes the invitation and its letter. Raises NotAnOwner."""
    if by.pk not in lock_owners():
        raise NotAnOwner
    invitation = Invitation(email=email, role=role, invited_by=by, invited_by_name=by.nickname)
    invitation.renew(timezone.now())
    invitation.save()
    invitation.topics.set(topics)
    team_letters.send_invitation(invitation)
    return invitation


@transaction.atomic
def send_again(*, invitation: Invitation, by: User) -> None:
    """A new link and a new week, on the word of whoever sends it now. Raises InvitationOver or NotAnOwner."""
    if by.pk not in lock_owners():
        raise NotAnOwner
    invitation = _locked(invitation)
    if invitation.accepted_at or invitation.withdrawn_at:
        raise InvitationOver
    invitation.invited_by, invitation.invited_by_name = by, by.nickname
    invitation.renew(timezone.now())
    invitation.save()
    team_letters.send_invitation(invitation)


@transaction.atomic
def withdraw(*, invitation: Invitation, by: User) -> None:
    """Its link opens nothing any more; a second click does nothing. Raises InvitationOver when it was used before."""
    invitation = _locked(invitation)
    if invitation.accepted_at:
        raise InvitationOver
    if not invitation.withdrawn_at:
        invitation.withdraw(by, timezone.now())


@transaction.atomic
def join_as_new(*, invitation: Invitation, nickname: str, password: str, language: str) -> User:
    """A new account in the team. Raises InvitationOver, or IntegrityError when name or address are taken by now."""
    invitation = _open(invitation)
    user = create_invited(invitation=invitation, nickname=nickname, password=password, language=language)
    _admit(user, invitation)
    return user


@transaction.atomic
def join(*, invitation: Invitation, user: User) -> User:
    """Raises an account that exists, and ends its sessions. A role is never lowered by it.

    Raises InvitationOver or ForSomebodyElse.
    """
    invitation = _open(invitation)
    if is_for_another(user, invitation):
        raise ForSomebodyElse
    fresh = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    confirm_address(fresh, invitation)
    _admit(fresh, invitation)
    return fresh


def _open(invitation: Invitation) -> Invitation:
    # Owners first, as everywhere: otherwise two transactions could wait for each other.
    lock_owners()
    invitation = _locked(invitation)
    if not invitation.is_pending:
        raise InvitationOver
    return invitation


def _locked(invitation: Invitation) -> Invitation:
    return Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)


def _admit(user: User, invitation: Invitation) -> None:
    before = user.role
    user.role = max(before, Role(invitation.role), key=RANKS.index)
    # Sessions that were opened for less must not come along into the staff's rooms (OWASP Session Management).
    user.session_generation += user.role != before
    user.save(update_fields=["role", "session_generation"])
    user.served_topics.add(*invitation.topics.all())
    StaffCard.objects.filter(user=user).update(left_at=None)
    invitation.accept(user, timezone.now())
    if user.role != before:
        note(RoleChange(person=user, before=before, after=user.role, by=invitation.invited_by))
