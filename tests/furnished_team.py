"""Much of what only the team, its moderators and its owners see; and what somebody's own account shows."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.utils import timezone

from accounts.models import DataExport, FailedSignIn, Invitation, Role, RoleChange, StaffCard, User
from accounts.verifying import verify_customer
from forum.models import LegalPage
from moderation.models import Decision, LogEntry, Notice
from tests.factories import make_reply
from tests.site_map import Site

MANY, SEVERAL = 22, 6


def furnish_team(site: Site, people: dict[str, User]) -> None:
    _colleagues(site, people["olga"])
    _notices(site, people)
    for who in ("stella", "moritz", "olga"):
        for number in range(SEVERAL):
            make_reply(people[who], f"Reply {number} of {who}", is_shared=bool(number % 2))
    verify_customer(user=people["ben"], order_number="R-2026-118", by=people["stella"])
    for kind in LegalPage.Kind.values:
        LegalPage.objects.create(kind=kind, language="en", text="Quellmoos", html="<p>Quellmoos</p>")
    for person in people.values():
        _account(person)


def _colleagues(site: Site, olga: User) -> None:
    """Members with a card and topics, invitations in several states, and a long log of roles."""
    topic, now = site.question.topic, timezone.now()
    for number in range(SEVERAL):
        member = User.objects.create_user(f"member{number}", f"member{number}@example.org", role=Role.STAFF)
        StaffCard.objects.create(user=member, slug=f"member{number}", name=f"Member {number}", role_title="Soap maker")
        topic.staff.add(member)
        for state in ({}, {"withdrawn_at": now}, {"expires_at": now - timedelta(days=1)}):
            invitation = Invitation(email=f"new{number}@example.org", role="staff", invited_by=olga)
            invitation.renew(now)
            for name, value in state.items():
                setattr(invitation, name, value)
            invitation.save()
            invitation.topics.add(topic)  # type: ignore[attr-defined]
    changes = [RoleChange(person_name="stella", by_name="olga", by=olga, after="staff") for _number in range(MANY)]
    RoleChange.objects.bulk_create(changes)


def _notices(site: Site, people: dict[str, User]) -> None:
    """Open and decided ones about each kind of thing, of somebody with an account and of somebody without."""
    about = {
        "question": site.question.public_id, "answer": site.answer.public_id, "comment": site.comment.public_id,
        "faq": str(site.entry.pk),
    }  # fmt: skip
    said: dict[str, Any] = {"rule": "insult", "reason": "It is not polite."}
    reporters: list[dict[str, Any]] = [{"reporter": people["ben"]}, {"reporter_email": "anton@example.org"}]
    notices = [
        Notice(target_kind=kind, target_id=key, target_author=people["ann"], **who, **said)
        for kind, key in about.items()
        for who in reporters * SEVERAL
    ]
    Notice.objects.bulk_create(notices)
    by = {"decided_by": people["moritz"], "decided_by_name": "Moritz", "verb": "keep", "reason": "It is meant kindly."}
    Decision.objects.bulk_create(
        Decision(notice=notice, target_kind=notice.target_kind, target_id=notice.target_id, **by)
        for notice in notices[::2]
    )
    LogEntry.objects.bulk_create(
        LogEntry(actor=people["moritz"], verb="hide", target_kind=kind, target_id=key, **said)
        for kind, key in about.items()
        for _number in range(MANY)
    )


def _account(person: User) -> None:
    """Where it is open, what was tried, and what was copied of it."""
    now, store = timezone.now(), import_module(settings.SESSION_ENGINE).SessionStore
    for _number in range(SEVERAL):
        session = store()
        session.create()
        UserSession.objects.create(user=person, session_key=session.session_key, ip="192.0.2.0")
        FailedSignIn.note(account=person, name="", network="192.0.2.0/24")
    copies = {"user": person, "ready_at": now, "expires_at": now + timedelta(days=7)}
    DataExport.objects.bulk_create(DataExport(**copies) for _number in range(SEVERAL))
