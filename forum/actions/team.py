"""Who belongs to the team: roles are given and taken here and nowhere else, each with a line in the log and a letter.

Whoever leaves takes no open work along: what was assigned goes back to the Desk, and every session ends.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from accounts.models import Invitation, Role, RoleChange, StaffCard, User
from accounts.models.user import RANKS
from accounts.owners import lock_owners, refuse_last_owner
from forum import team_letters
from forum.actions.drafts import discard_work
from forum.models import Conversation, Topic


class NotAnOwner(Exception):
    """Whoever wanted to do this may not do it any more."""


class NotInTheTeam(Exception):
    """Somebody took this person out in the meantime, or they left."""


@transaction.atomic
def change_member(*, person: User, role: str, topics: Iterable[Topic], by: User) -> None:
    """Gives a member of the team another role and the topics to serve.

    Raises NotAnOwner, NotInTheTeam, or LastOwner when nobody could change people afterwards.
    """
    _check_owner(by)
    person = _locked(person)
    before = person.role
    if before == Role.OWNER and role != Role.OWNER:
        refuse_last_owner(person)
        _withdraw_invitations(person, by)
    person.role = role
    # What was opened for less is over; see invitations.join.
    person.session_generation += RANKS.index(role) > RANKS.index(before)
    person.save(update_fields=["role", "session_generation"])
    person.served_topics.set(topics)
    Conversation.objects.filter(assigned_to=person).exclude(topic__in=topics).update(assigned_to=None)
    if role != before:
        note(RoleChange(person=person, before=before, after=role, by=by))


@transaction.atomic
def take_out(*, person: User, by: User, lock_out: bool = False) -> None:
    """Ends somebody's part in the team; `lock_out` also closes the account.

    Raises NotAnOwner, NotInTheTeam or LastOwner.
    """
    _check_owner(by)
    _end(_locked(person), by, lock_out=lock_out)


@transaction.atomic
def leave(*, person: User, letters: bool = True) -> None:
    """The person goes by themself. Raises NotInTheTeam or LastOwner."""
    lock_owners()  # before the person, as everywhere: otherwise two could wait for each other
    _end(_locked(person), person, letters=letters)


def note(change: RoleChange, *, letters: bool = True) -> None:
    """Writes the line into the log and the letters about it. Part of the transaction that changes the role."""
    change.person_name = change.person.nickname if change.person else ""
    change.by_name = change.by.nickname if change.by else change.by_name
    change.save()
    if letters:
        team_letters.tell_of_change(change)


def _check_owner(by: User) -> None:
    if by.pk not in lock_owners():
        raise NotAnOwner


def _locked(person: User) -> User:
    fresh = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    if not fresh.is_staff:
        raise NotInTheTeam
    return fresh


def _end(person: User, by: User, *, lock_out: bool = False, letters: bool = True) -> None:
    refuse_last_owner(person)
    before, person.role = person.role, ""
    person.is_active = not lock_out
    person.session_generation += 1
    person.save(update_fields=["role", "is_active", "session_generation"])
    person.served_topics.clear()
    Conversation.objects.filter(assigned_to=person).update(assigned_to=None)
    StaffCard.objects.filter(user=person, left_at=None).update(left_at=timezone.now())
    discard_work(person)
    _withdraw_invitations(person, by)
    change = RoleChange(person=person, before=before, by=by, locked_out=lock_out, by_themselves=person.pk == by.pk)
    note(change, letters=letters)


def _withdraw_invitations(person: User, by: User) -> None:
    """Nobody comes in by the word of somebody who may not give it any more, also when they get the role back."""
    for invitation in Invitation.objects.filter(invited_by=person, accepted_at=None, withdrawn_at=None):
        invitation.withdraw(by, timezone.now())
