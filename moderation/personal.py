"""What moderation's tables hold of people (settings.PERSONAL_DATA)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.crypto import CannotDecrypt
from accounts.holdings import Holding
from accounts.models import User
from moderation.models import Decision, Disclosure, Notice, Verb


def _notices(user: User) -> Any:
    return Notice.objects.filter(reporter=user).order_by("pk").select_related("decision")


def _decisions(user: User) -> Any:
    """As the account page has them: rejected reports stay untold."""
    return Decision.objects.filter(target_author=user).exclude(verb=Verb.KEEP).order_by("pk")


def _outcome(row: Notice) -> dict[str, Any] | None:
    if not row.is_decided:
        return None
    return {"verb": row.decision.verb, "reason": row.decision.reason, "decided_at": row.decision.decided_at}


def _disclosures(user: User) -> Any:
    return Disclosure.objects.filter(notice__reporter=user).order_by("pk").select_related("notice")


def _shown_text(row: Disclosure) -> str | None:
    try:
        return row.text
    except CannotDecrypt:
        return None


HOLDINGS = [
    Holding(
        "moderation.Notice",
        section="notices",
        title=_("What you reported"),
        of=_notices,
        owner=("reporter", "reporter_name"),
        # Whom it is about learns of it when something is decided, and never from whom it came.
        links=("target_author",),
        plain=("id",),
        shown=("public_id", "target_kind", "target_id", "rule", "reason", "created_at", "reporter_email", "language"),
        derived={"decision": _outcome},
        texts=("reason",),
    ),
    Holding(
        "moderation.Disclosure",
        section="disclosures",
        title=_("Private messages you showed to our moderators"),
        of=_disclosures,
        plain=("id", "notice"),
        left_out=("sealed_text",),
        shown=("written_at", "is_by_staff"),
        derived={"public_id": lambda row: row.notice.public_id, "text": _shown_text},
    ),
    Holding(
        "moderation.Decision",
        section="decisions",
        title=_("What was decided about what you wrote"),
        of=_decisions,
        owner=("target_author", ""),
        actors=(("decided_by", "decided_by_name"),),
        acts={"decided_by": _("Decided about a text")},
        plain=("id", "notice"),
        shown=("target_kind", "target_id", "version", "verb", "rule", "reason", "decided_at"),
        texts=("reason",),
    ),
    Holding(
        "moderation.LogEntry",
        actors=(("actor", "actor_name"),),
        acts={"actor": _("Stands in the public log with a decision")},
        plain=("id", "verb", "target_kind", "target_id", "version", "rule", "reason", "party", "created_at"),
        texts=("reason",),
    ),
]
