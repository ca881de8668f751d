"""Who is too close to a case to decide it, as long as there is somebody else."""

from __future__ import annotations

from collections.abc import Iterable

from accounts.models import Role, User
from moderation.models import Notice, Party


def party_of(user: User, *, author_id: int | None, notices: Iterable[Notice]) -> str:
    """Whether this person wrote what the case is about, or reported it; nothing for who did neither."""
    if author_id == user.pk:
        return Party.AUTHOR
    return Party.REPORTER if any(notice.reporter_id == user.pk for notice in notices) else ""


def stands_aside_as(user: User, *, author_id: int | None, notices: Iterable[Notice]) -> str:
    """The party because of which this person leaves the decision to somebody else; nothing for who may decide.

    An author gives way to everybody, a reporter to who is no party: so one of them is always left.
    """
    notices = list(notices)
    party = party_of(user, author_id=author_id, notices=notices)
    if not party:
        return ""
    involved = {user.pk} | ({author_id} if author_id else set())
    if party == Party.REPORTER:
        involved |= {notice.reporter_id for notice in notices if notice.reporter_id}
    return party if _others_may_decide(involved) else ""


def _others_may_decide(involved: set[int]) -> bool:
    judges = User.objects.filter(role__in=[Role.MODERATOR, Role.OWNER], is_active=True, suspended_at=None)
    return judges.exclude(pk__in=involved).exists()
