"""What the account page shows of decisions: those about one's own texts."""

from __future__ import annotations

from typing import Any

from django import template

from accounts.models import User
from moderation.models import Decision, Verb
from moderation.targets import visible_targets

register = template.Library()

SHOWN = 50


@register.simple_tag
def decisions_about(user: User) -> list[dict[str, Any]]:
    """Newest first; one for each decision, however many people had reported the text. Rejected reports stay untold."""
    rows = Decision.objects.filter(target_author=user).exclude(verb=Verb.KEEP).order_by("-decided_at", "-pk")[:SHOWN]
    once = {(row.target_kind, row.target_id, row.decided_at): row for row in rows}
    # The author still finds a hidden text, but not below a question that is gone itself.
    targets = visible_targets([(row.target_kind, row.target_id) for row in once.values()], user)
    return [{"decision": row, "target": targets.get((row.target_kind, row.target_id))} for row in once.values()]
