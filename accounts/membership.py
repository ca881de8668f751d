"""Who was ever of the team: what they said with the badge stays the company's, also after they left."""

from __future__ import annotations

from accounts.models import RoleChange, StaffCard, User


def was_in_team(user: User) -> bool:
    """Also of those who left: their role is gone, their card and the team's log still say it."""
    return (
        user.is_staff or StaffCard.objects.filter(user=user).exists() or RoleChange.objects.filter(person=user).exists()
    )
