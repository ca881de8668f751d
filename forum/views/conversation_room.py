"""The private room itself: read, reply, close, open again."""

from __future__ import annotations

import logging
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import PingAddress
from forum.actions.consents import ConsentMissing
from forum.actions.conversations import (
    ConversationClosed,
    close_conversation,
    read_conversation,
    reopen_conversation,
    send_message,
)
from forum.actions.repeats import once_in_private
from forum.forms.conversations import ConsentForm, ReplyForm
from forum.forms.receipts import PingForm, reply_form_for
from forum.models import Conversation, Draft, Question
from forum.permissions import can_take_part, is_serving
from forum.receipt_holder import ReceiptHolder
from forum.requests import SignedInRequest, SiteRequest
from forum.views.consents import show_consent
from forum.views.private_room import private_room
from forum.views.rescue import hand_back, refuse
from forum.views.sheet import Sheet, sheet_for
from forum.views.writing import form_for, previewed

# Messages on the page at first; `?all` shows those before them too.
LATEST = 20
PURPOSE = "conversation_detail"

logger = logging.getLogger(__name__)


@require_http_methods(["GET", "HEAD", "POST"])
@private_room
def conversation_detail(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    conversation = _visible(request, uuid)
    if conversation.legible_subject is None:
        return _unreadable(request)
    if request.method == "POST":
        return _reply(request, conversation)
    sheet = _sheet(request, conversation)
    form = form_for(request, reply_form_for(request.user, conversation), sheet=sheet)
    return _room(request, conversation, form, sheet)


def _reply(request: SignedInRequest, conversation: Conversation) -> HttpResponse:
    """Sends the message; what can not be sent stays in the form."""
    if not can_take_part(request.user, conversation):
        return refuse(request, _("You can not write at the moment."))
    sheet = _sheet(request, conversation)
    form = form_for(request, reply_form_for(request.user, conversation), sheet=sheet)
    if not form.is_valid():
        return _room(request, conversation, form, sheet, status=422 if form.errors else 200)
    try:
        _send_once(request, conversation, form.cleaned_data, sheet)
    except ConversationClosed:
        return _room(request, _visible(request, conversation.pk), form, sheet, status=409)
    except ConsentMissing:
        return show_consent(request, conversation, ConsentForm(company=request.company.name))
    messages.success(request, _("Your message was sent."))
    return redirect(conversation)


def _sheet(request: SignedInRequest, conversation: Conversation) -> Sheet:
    return sheet_for(request, PURPOSE, conversation.pk, beside=conversation)


def _send_once(request: SignedInRequest, conversation: Conversation, typed: dict[str, Any], sheet: Sheet) -> None:
    """Raises ConversationClosed."""
    once_in_private(
        author=request.user,
        text=typed["text"],
        among=Conversation.objects.visible_to(request.user).filter(pk=conversation.pk),
        write=lambda: send_message(conversation=conversation, author=request.user, **typed).conversation,
        sent=sheet.sent,
    )


def _room(
    request: SignedInRequest, conversation: Conversation, form: ReplyForm, sheet: Sheet, status: int = 200
) -> HttpResponse:
    serving = is_serving(request.user, conversation)
    said = conversation.messages.visible_to(request.user).select_related("author", "staff_card")
    latest = list(said.order_by("-created_at", "-id")[: None if "all" in request.GET else LATEST + 1])
    shown = latest if "all" in request.GET else latest[:LATEST]
    context = {
        "conversation": conversation,
        "said": shown[::-1],
        "has_earlier": len(latest) > len(shown),
        "form": form,
        "sheet": sheet,
        **previewed(request),
        "serving": serving,
        "origin": _origin(request, conversation),
        "accesses": [] if serving else conversation.accesses.all(),
        **_own_matters(request, conversation),
    }
    response = render(request, "forum/conversation_detail.html", context, status=status)
    # After the page was made: it shows what is new to the reader, and what was read by the other side before.
    read_conversation(conversation=conversation, reader=request.user, last_opened_at=conversation.last_opened_at)
    return response


def _own_matters(request: SiteRequest, conversation: Conversation) -> dict[str, Any]:
    """What only the customer is shown: the consent they gave or are asked for, and what goes with a receipt."""
    if is_serving(request.user, conversation):
        return {}
    # Also where the topic is not about health any more: what was given can be taken back.
    consents = list(conversation.health_consents.all())
    shown: dict[str, Any] = {
        "consent": next((consent for consent in consents if not consent.withdrawn_at), None),
        "is_withdrawn": any(consent.withdrawn_at for consent in consents),
        "asks_consent": conversation.topic.health_data and not any(c.is_to_the_words_of_today for c in consents),
    }
    if isinstance(request.user, ReceiptHolder):
        pinged = PingAddress.objects.filter(receipt=request.user.receipt_id).exists()
        shown |= {"by_receipt": True, "pinged": pinged, "ping_form": PingForm()}
    return shown


@require_POST
@private_room
def conversation_close(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    conversation = _visible(request, uuid)
    if not can_take_part(request.user, conversation):
        raise PermissionDenied
    close_conversation(conversation=conversation, by=request.user)
    messages.success(request, _("The conversation is closed."))
    return redirect(conversation)


@require_POST
@private_room
def conversation_reopen(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Opens it again; a message that was refused because it was closed goes along."""
    conversation = _visible(request, uuid)
    if not can_take_part(request.user, conversation):
        return refuse(request, _("You can not write at the moment."))
    reopen_conversation(conversation=conversation, by=request.user)
    if conversation.is_closed:
        return refuse(request, _("The consent was taken back, so this conversation stays closed and is deleted."))
    if request.POST.get("text", "").strip():
        return _reply(request, conversation)
    messages.success(request, _("The conversation is open again."))
    return redirect(conversation)


def _visible(request: SignedInRequest, uuid: UUID) -> Conversation:
    """Whoever may not read it learns as much as about one that never was."""
    conversations = Conversation.objects.visible_to(request.user).with_last_opening_by(request.user).with_service()
    conversations = conversations.annotate(**Draft.objects.visible_to(request.user).on(PURPOSE, str(uuid)).beside())
    return get_object_or_404(conversations.select_related("topic", "customer"), pk=uuid)


def _origin(request: SignedInRequest, conversation: Conversation) -> Question | None:
    """The public question it began at, unless that was taken away meanwhile."""
    if conversation.origin_question_id is None:
        return None
    return Question.objects.visible_to(request.user).filter(pk=conversation.origin_question_id).first()


def _unreadable(request: SignedInRequest) -> HttpResponse:
    """The key is missing or wrong: nothing is lost, nothing is written, and the operator is told."""
    logger.error("A private conversation can not be decrypted: see ENCRYPTION_KEYS")
    if request.method == "POST":
        return hand_back(request, _("This conversation can not be opened at the moment."), status=503)
    return render(request, "forum/conversation_unreadable.html", status=503)
