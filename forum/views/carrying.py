"""From the public page into the private room, with what was typed: no word is published, and none is lost."""

from __future__ import annotations

import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from forum.actions.drafts import discard_draft
from forum.actions.sending import Sent
from forum.forms.conversations import SUBJECT_MAX
from forum.models import Purpose, Question, Topic
from forum.models.draft import PRIVATE
from forum.requests import SignedInRequest
from forum.views.sheet import Sheet, put_away


def wants_privacy(request: HttpRequest) -> bool:
    """The button "Ask in private instead" was pressed: nothing is looked at, all is taken along."""
    return request.method == "POST" and "privately" in request.POST


def carry_over(topic: Topic | None = None, question: Question | None = None) -> HttpResponse:
    """307: the browser sends the same form once more, to the private room (RFC 9110, section 15.4.8).

    So the words are in no address, no session and no storage. A topic without a private channel is not named: the next
    page lets people choose another.
    """
    wanted = {"topic": str(topic.pk)} if topic and topic.takes_conversations else {}
    if question:
        wanted["question"] = question.public_id
    address = f"{reverse('forum:conversation_new')}?{urlencode(wanted)}".rstrip("?")
    return redirect(address, preserve_request=True)


def carried_words(request: HttpRequest) -> dict[str, str]:
    """What came along from a public form, under the names of the private one; nothing in any other request."""
    if request.method != "POST" or "subject" in request.POST or not _is_public_form(request):
        return {}
    text, title = str(request.POST.get("text", "")), " ".join(str(request.POST.get("title", "")).split())
    return {"subject": title[:SUBJECT_MAX], "text": text} if title or text else {}


def fresh_sheet(request: SignedInRequest) -> Sheet:
    """The private form opens for the first time, though by POST."""
    return Sheet(Sent(request.user, Purpose.OPEN, "", secrets.token_urlsafe(16)))


def came_from(request: HttpRequest) -> dict[str, str]:
    """Which public draft the words came from, for the hidden fields of the private form."""
    purpose, target = _public_draft(request)
    return {"public_purpose": purpose, "public_target": target} if purpose else {}


def forget_public_draft(request: SignedInRequest) -> None:
    """What was said in private after all does not wait to be said in public, neither with us nor in the browser."""
    purpose, target = _public_draft(request)
    if purpose:
        sent = Sent(request.user, purpose, target)
        discard_draft(sent)
        put_away(request, Sheet(sent))


def _is_public_form(request: HttpRequest) -> bool:
    return "privately" in request.POST or request.POST.get("channel") == "private"


def _public_draft(request: HttpRequest) -> tuple[str, str]:
    said: dict[str, Any] = request.POST.dict()
    names = ("public_purpose", "public_target") if "public_purpose" in said else ("draft_purpose", "draft_target")
    purpose, target = (str(said.get(name, "")) for name in names)
    is_public = purpose in Purpose.values and purpose not in PRIVATE
    return (purpose, target[:36].replace("\0", "")) if is_public else ("", "")
