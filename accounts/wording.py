"""The names of columns as people read them in the copy of their data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

HEADINGS: dict[str, StrOrPromise] = {
    "nickname": _("Nickname"),
    "email": _("E-mail address"),
    "role": _("Role"),
    "language": _("Language"),
    "date_joined": _("Here since"),
    "last_login": _("Last signed in"),
    "title": _("Title"),
    "text": _("Text"),
    "address": _("Address"),
    "created_at": _("Written on"),
    "edited_at": _("Changed on"),
    "hidden_at": _("Removed on"),
    "hidden_rule": _("Removed by the rule"),
    "hidden_reason": _("Reason for the removal"),
    "held_at": _("Held for review since"),
    "held_reason": _("Held because"),
    "deleted_at": _("Deleted on"),
    "closed_at": _("Closed on"),
    "closed_reason": _("Closed because"),
    "reason": _("Reason"),
    "rule": _("Rule"),
    "verb": _("Decision"),
    "decision": _("Decision"),
    "decided_at": _("Decided on"),
    "accepted_at": _("Accepted on"),
    "topic": _("Topic"),
    "subject": _("Subject"),
    "from": _("From"),
    "conversation": _("Conversation"),
    "opened_by": _("Opened by"),
    "read_at": _("Read on"),
    "delete_after": _("Deleted after"),
    "sent_at": _("Sent on"),
    "saved_at": _("Saved on"),
    "words": _("Words"),
    "kind": _("Kind"),
    "name": _("Name"),
    "expire_date": _("Ends on"),
    "requested_at": _("Asked for on"),
    "at": _("On"),
    "nickname_key": _("Nickname as it is compared"),
    "is_active": _("May sign in"),
    "verified": _("Confirmed"),
    "primary": _("Main address"),
    "public_id": _("Mark in the address"),
    "slug": _("Words in the address"),
    "number": _("Number"),
    "what": _("What"),
    "as": _("As whom"),
    "image": _("File"),
    "alternative_text": _("What the picture shows"),
    "width": _("Width in pixels"),
    "height": _("Height in pixels"),
    "received": _("Bytes as you sent it"),
    "size": _("Bytes as it is kept"),
}


def heading(name: str) -> StrOrPromise:
    """The column's own name where nobody found a better one."""
    return HEADINGS.get(name, name.replace("_", " "))
