"""What the owner's room shows: how the team came together, and an invitation that waits."""

from __future__ import annotations

from accounts.models import Invitation, RoleChange
from moderation.demo.records import read
from moderation.demo.stage import Stage


def load_team(stage: Stage) -> None:
    """No letter goes out: what was sent was sent before the demonstration began."""
    file = read("team.toml")
    owner = stage.people[file["owner"]]
    for nickname in file["joined"]:
        person = stage.people[nickname]
        RoleChange.objects.create(
            person=person, person_name=nickname, by=owner, by_name=owner.nickname, after=person.role,
            at=stage.later(owner.nickname, person.date_joined, "2h"),
        )  # fmt: skip
    for record in file["invitation"]:
        invitation = Invitation(
            email=record["email"], role=record["role"], invited_by=owner, invited_by_name=owner.nickname
        )
        invitation.renew(stage.clock.ago(record["sent"]))
        invitation.created_at = invitation.sent_at
        invitation.save()
        invitation.topics.set(stage.topics[slug] for slug in record["topics"])
