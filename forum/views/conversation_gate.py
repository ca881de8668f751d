"""Through which every page of a private conversation gets it, or answers as if there were none."""

from __future__ import annotations

import logging
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from forum.models import Conversation, Draft
from forum.requests import SignedInRequest
from forum.views.rescue import hand_back

# Under which the draft of a message is kept.
PURPOSE = "conversation_detail"

logger = logging.getLogger(__name__)


def visible(request: SignedInRequest, uuid: UUID, *also: str) -> Conversation:
    """Whoever may not read it learns as much as about one that never was. `also` names rows that come along."""
    conversations = Conversation.objects.visible_to(request.user).with_last_opening_by(request.user).with_service()
    # What it has to do with public pages comes along; so does what nobody has made of it yet.
    also = ("door__question", "public_draft", "public_consent", *also)
    conversations = conversations.with_hold().with_news().with_disclosures()
    conversations = conversations.select_related("topic", "customer", "assigned_to__staff_card", *also)
    drafts = Draft.objects.visible_to(request.user).on(PURPOSE, str(uuid))
    return get_object_or_404(conversations.annotate(**drafts.beside()), pk=uuid)


def unreadable(request: SignedInRequest) -> HttpResponse:
    """The key is missing or wrong: nothing is lost, nothing is written, and the operator is told."""
    logger.error("A private conversation can not be decrypted: see ENCRYPTION_KEYS")
    if request.method == "POST":
        return hand_back(request, _("This conversation can not be opened at the moment."), status=503)
    return render(request, "forum/conversation_unreadable.html", status=503)
