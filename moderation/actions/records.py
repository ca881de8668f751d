"""What every decision leaves: a row with its reasons, a line in the public log, and letters to whom it concerns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import timezone

from accounts.mail import queue_mail
from accounts.models import User
from moderation.models import Decision, LogEntry, Notice
from moderation.parties import party_of, stands_aside_as


class TooClose(Exception):
    """Who wrote or reported it leaves it to another moderator; `party` says which of the two it is."""

    def __init__(self, party: str) -> None:
        super().__init__(party)
        self.party = party


def party_or_aside(by: User, author: User | None, notices: Iterable[Notice] = ()) -> str:
    """What else this person has to do with the case. Raises TooClose when somebody else can decide it."""
    case: dict[str, Any] = {"author_id": author.pk if author else None, "notices": list(notices)}
    if party := stands_aside_as(by, **case):
        raise TooClose(party)
    return party_of(by, **case)


def own_party(by: User, author: User | None) -> str:
    """What this person has to do with the case, where that keeps nobody from deciding it."""
    return party_of(by, author_id=author.pk if author else None, notices=())


def record(
    decision: Decision, about: tuple[str, str], *, by: User, party: str, notices: Sequence[Notice] = ()
) -> Decision:
    """Saves the decision once for each notice, or once without any; one line in the log; word to who reported."""
    decision.target_kind, decision.target_id = about
    decision.decided_by, decision.decided_by_name, decision.decided_at = by, by.public_name, timezone.now()
    about_which: list[Notice | None] = [*notices] or [None]
    for notice in about_which:
        decision.pk, decision.notice = None, notice
        decision.save(force_insert=True)
        if notice and (notice.reporter or notice.reporter_email):
            _tell_reporter(notice)
    LogEntry.objects.create(
        actor=by,
        actor_name=decision.decided_by_name,
        verb=decision.verb,
        target_kind=decision.target_kind,
        target_id=decision.target_id,
        version=decision.version,
        rule=decision.rule,
        reason=decision.reason,
        party=party,
        created_at=decision.decided_at,
    )
    return decision


def _tell_reporter(notice: Notice) -> None:
    """Who has an account, in its language; others in that of their report, which need not be the moderator's."""
    reporter, address = notice.reporter, notice.reporter_email
    language = None if reporter else notice.language
    queue_mail(kind="notice_decided", recipient=reporter, address=address, language=language, notice=notice.pk)


def tell_author(kind: str, decision: Decision) -> None:
    """The reasons, to whose words it was; who decides about their own knows them."""
    author = decision.target_author
    if author and author.pk != decision.decided_by_id:
        queue_mail(kind=kind, recipient=author, decision=decision.pk)
