"""The sheet of paper under a form: its key, the draft that is kept of it, and what it was begun from."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, QueryDict

from forum.actions.sending import Sent
from forum.models import Draft, Purpose
from forum.models.draft import PRIVATE

# What is kept of a form. All else in it belongs to the sending, or is none of ours.
KEPT = (
    "title", "subject", "topic", "text", "reason", "language", "unnamed", "waiting_on", "position", "review_due_on",
    "begun_from", "channel",
)  # fmt: skip
# Without any of these there is nothing to keep.
TYPED = ("title", "subject", "text")
# Above INFO, so that it is not dropped: says to the browser, not to people, that its own copy can go.
SENT = 21


@dataclass
class Sheet:
    sent: Sent
    words: dict[str, str] = field(default_factory=dict)
    saved_at: datetime | None = None
    is_from_here: bool = True
    # Of the post that is being changed, when the form was opened.
    version: str = ""
    is_fresh: bool = True

    @property
    def keeps_draft(self) -> bool:
        return self.sent.author is not None and self.sent.purpose in Purpose.values

    @property
    def is_private(self) -> bool:
        return self.sent.purpose in PRIVATE

    @property
    def name(self) -> str:
        """Under which the browser keeps its copy."""
        return f"{self.sent.purpose} {self.sent.target}".strip()


def sheet_for(
    request: HttpRequest, purpose: str, target: object = "", *, version: str = "", beside: Model | None = None
) -> Sheet:
    """As it comes back with what was sent; or a fresh one, with the draft if there is one.

    `version` is that of the post which is to be changed; `beside` a row that brought its draft along.
    """
    if request.method == "POST":
        return Sheet(sent_by(request, purpose, target), version=request.POST.get("begun_from", ""), is_fresh=False)
    drafts = Draft.objects.visible_to(request.user) if purpose in Purpose.values else Draft.objects.public()
    draft = drafts.carried_by(beside) if beside else drafts.on(purpose, str(target)).first()
    author = request.user if request.user.is_authenticated else None
    words = draft.legible_words if draft else {}
    # Of one that can not be read the form knows nothing, and so can not write over it.
    known = draft.version if draft and (words or draft.is_legible) else 0
    sent = Sent(author, purpose, str(target), secrets.token_urlsafe(16), known)
    if not draft or not words:
        return Sheet(sent, version=version)
    return Sheet(
        sent, words, draft.saved_at, draft.session == session_of(request), version=words.get("begun_from", version)
    )


def sent_by(request: HttpRequest, purpose: str, target: object = "") -> Sent:
    """What the form says of itself. A number that is none counts as none."""
    number = request.POST.get("draft_version", "")
    version = int(number) if number.isascii() and number.isdecimal() and len(number) < 9 else 0
    author = request.user if request.user.is_authenticated else None
    return Sent(author, purpose, str(target), request.POST.get("form_key", ""), version)


def words_in(posted: QueryDict) -> dict[str, str]:
    """What of a form is kept; nothing where nothing was typed."""
    words = {name: str(posted[name]) for name in KEPT if name in posted}
    return words if any(words.get(name, "").strip() for name in TYPED) else {}


def session_of(request: HttpRequest) -> str:
    """A digest by which a session is known again, and with which it can not be used."""
    key = request.session.session_key
    # Without a secret: more than 160 random bits are guessed by nobody.
    return hashlib.sha256(f"forum.drafts:{key}".encode()).hexdigest() if key else ""


def put_away(request: HttpRequest, sheet: Sheet) -> None:
    """Lets the browser forget its copy of what was sent."""
    if sheet.keeps_draft and not sheet.is_private:
        messages.add_message(request, SENT, sheet.name, extra_tags="sent")
