"""What moderation's tables hold of people (settings.PERSONAL_DATA)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.holdings import Holding
from accounts.models import User
from moderation.models import Decision, Notice, Verb


def _notices(user: User) -> Any:
    return Notice.objects.filter(reporter=user).order_by("pk").select_related("decision")


def _decisions(user: User) -> Any:
    """As the account page has them: rejected reports stay untold."""
    return Decision.objects.filter(target_author=user).exclude(verb=Verb.KEEP).order_by("pk")


def _outcome(row: Notice) -> dict[str, Any] | None:
    if not row.is_decided:
        return None
    return {"verb": row.decision.verb, "reason": row.decision.reason, "decided_at": row.decision.decided_at}


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
        shown=("public_id", "target_kind", "target_id", "rule", "reason", "created_at", "reporter_email"),
        derived={"decision": _outcome},
        texts=("reason",),
    ),
    Holding(
        "moderation.Decision",
        section="decisions",
        title=_("What was decided about what you wrote"),
        of=_decisions,
        owner=("target_author", ""),
        actors=(("decided_by", "decided_by_name"),),
        plain=("id", "notice"),
        shown=("target_kind", "target_id", "version", "verb", "rule", "reason", "decided_at"),
        texts=("reason",),
    ),
    Holding(
        "moderation.LogEntry",
        actors=(("actor", "actor_name"),),
        plain=("id", "verb", "target_kind", "target_id", "version", "rule", "reason", "party", "created_at"),
        texts=("reason",),
    ),
]
