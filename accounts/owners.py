"""The owners: there is always one, whatever two of them do to each other in the same instant."""

from __future__ import annotations

from accounts.models import User


class LastOwner(Exception):
    """Without this person nobody could change the company or its people any more."""


def lock_owners() -> set[int]:
    """The keys of all owners, whose rows are ours until the end of the transaction.

    Everybody takes them in the same order, so two who take them together wait for each other, not for ever. Whoever
    waited sees what the other one left. SQLite has one writer at a time, and takes that lock when a transaction begins.
    """
    return set(User.objects.owners().order_by("pk").select_for_update().values_list("pk", flat=True))


def refuse_last_owner(person: User) -> None:
    """Raises LastOwner when this person is the only one left. Belongs into the transaction of what is to be done."""
    if lock_owners() == {person.pk}:
        raise LastOwner
