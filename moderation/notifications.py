"""Letters about notices and decisions. Each function is named in settings.MAIL_BUILDERS and is asked when the letter is
sent; None means that there is nothing to say any more.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from accounts.models import User
from accounts.site import absolute_url
from forum.models import Conversation, FaqEntry, Revision
from moderation.models import Decision, Notice, TargetKind
from moderation.targets import history_of, is_away, is_removed_message, public_target, visible_target

Context = dict[str, Any]


def notice_received(recipient: User | str, payload: Context) -> Context | None:
    notice = Notice.objects.filter(pk=payload["notice"]).first()
    return {"notice": notice, "url": _public_url(notice), **_discretion(notice)} if notice else None


def notice_decided(recipient: User | str, payload: Context) -> Context | None:
    notice = Notice.objects.decided().select_related("decision").filter(pk=payload["notice"]).first()
    if notice is None:
        return None
    return {"notice": notice, "decision": notice.decision, "url": _public_url(notice), **_discretion(notice)}


def post_hidden(recipient: User, payload: Context) -> Context | None:
    """None when the post was restored meanwhile: then there is another letter."""
    decision = _decision(payload)
    if decision and decision.target_kind == TargetKind.MESSAGE:
        return _about_message(decision) if is_removed_message(decision.target_kind, decision.target_id) else None
    target = decision and visible_target(decision.target_kind, decision.target_id, recipient)
    if decision is None or (target and not is_away(target)):
        return None
    return {"decision": decision, "url": absolute_url(target.get_absolute_url()) if target else ""}


def post_restored(recipient: User, payload: Context) -> Context | None:
    decision = _decision(payload)
    if decision and decision.target_kind == TargetKind.MESSAGE:
        return None if is_removed_message(decision.target_kind, decision.target_id) else _about_message(decision)
    return _standing(recipient, payload)


def post_released(recipient: User, payload: Context) -> Context | None:
    return _standing(recipient, payload)


def post_redacted(recipient: User, payload: Context) -> Context | None:
    """Also about a post that was hidden meanwhile: what its author wrote says something else now."""
    decision = _decision(payload)
    if decision is None:
        return None
    target = visible_target(decision.target_kind, decision.target_id, recipient)
    return {"decision": decision, "url": absolute_url(target.get_absolute_url()) if target else ""}


def version_hidden(recipient: User, payload: Context) -> Context | None:
    return _about_version(payload, is_hidden=True)


def version_restored(recipient: User, payload: Context) -> Context | None:
    return _about_version(payload, is_hidden=False)


def _about_version(payload: Context, *, is_hidden: bool) -> Context | None:
    """None when it was decided otherwise meanwhile, or is gone; without an address where the post is not public."""
    decision = _decision(payload)
    if decision is None:
        return None
    post = public_target(decision.target_kind, decision.target_id)
    if post is None or isinstance(post, FaqEntry):
        return {"decision": decision, "url": ""}
    if not Revision.objects.filter(**{post.kind: post}, number=decision.version or 0, hidden_at__isnull=not is_hidden):
        return None
    return {"decision": decision, "url": absolute_url(history_of(post))}


def _about_message(decision: Decision) -> Context:
    """Without an address: whoever is written to knows the room."""
    return {"decision": decision, "url": "", **_discretion(decision)}


def _discretion(about: Notice | Decision) -> Context:
    """Of a message in a discreet topic the company is not named, as in every letter of that room."""
    if about.target_kind != TargetKind.MESSAGE:
        return {}
    conversation = Conversation.objects.filter(messages__pk=UUID(about.target_id)).select_related("topic").first()
    # Of a room that is gone nobody knows any more what it was about.
    is_discreet = conversation is None or conversation.topic.discreet
    return {"discreet": True, "contact_email": ""} if is_discreet else {}


def _standing(recipient: User, payload: Context) -> Context | None:
    """About a post that everybody can read; None when it was hidden meanwhile."""
    decision = _decision(payload)
    url = decision and _public_url(decision)
    return {"decision": decision, "url": url} if url else None


def _decision(payload: Context) -> Decision | None:
    return Decision.objects.filter(pk=payload["decision"]).first()


def _public_url(about: Notice | Decision) -> str:
    """Where everybody finds it, or nothing when nobody does."""
    target = public_target(about.target_kind, about.target_id)
    return absolute_url(target.get_absolute_url()) if target else ""
