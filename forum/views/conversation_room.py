"""The private room itself: read, reply, close, open again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import PingAddress, StaffCard
from forum.actions.attachments import discard_waiting
from forum.actions.consents import ConsentMissing
from forum.actions.conversations import (
    ConversationClosed,
    close_conversation,
    read_conversation,
    reopen_conversation,
    send_message,
)
from forum.actions.repeats import once_in_private
from forum.actions.rooms import room_to_extend
from forum.actions.sending import made_before
from forum.forms.conversations import ConsentForm, ReplyForm
from forum.forms.receipts import PingForm, reply_form_for
from forum.models import Conversation, Message, Question, RoomNote, Satisfaction
from forum.permissions import can_take_part, is_serving
from forum.ratings import rating_address
from forum.receipt_holder import ReceiptHolder
from forum.requests import SignedInRequest, SiteRequest
from forum.views.consents import show_consent
from forum.views.conversation_gate import PURPOSE, unreadable, visible
from forum.views.private_room import private_room
from forum.views.rescue import refuse
from forum.views.room_files import Tray, fill, lay_out, tray_for, writer_of
from forum.views.sheet import Sheet, sheet_for
from forum.views.writing import form_for, previewed

# Messages on the page at first; `?all` shows those before them too.
LATEST = 20


@require_http_methods(["GET", "HEAD", "POST"])
@private_room
def conversation_detail(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    conversation = visible(request, uuid)
    if conversation.legible_subject is None:
        return unreadable(request)
    if request.method == "POST":
        return _reply(request, conversation)
    sheet, tray = _sheet(request, conversation), tray_for(request, conversation)
    form = form_for(request, reply_form_for(request.user, conversation), sheet=sheet)
    return _room(request, conversation, form, sheet, tray)


def _reply(request: SignedInRequest, conversation: Conversation) -> HttpResponse:
    """Sends the message with its files; what can not be sent stays in the form."""
    if not can_take_part(request.user, conversation):
        return refuse(request, _("You can not write at the moment."))
    sheet, tray = _sheet(request, conversation), tray_for(request, conversation)
    if not made_before(sheet.sent, Conversation):
        fill(tray, request, conversation)
    form_class = reply_form_for(request.user, conversation)
    if tray.is_wrong or {"attach", "detach"} & set(request.POST):
        form = form_class(initial=request.POST.dict())
        return _room(request, conversation, form, sheet, tray, status=422 if tray.is_wrong else 200)
    form = form_for(request, form_class, sheet=sheet, has_files=bool(tray.waiting))
    if not form.is_valid():
        return _room(request, conversation, form, sheet, tray, status=422 if form.errors else 200)
    try:
        _send_once(request, conversation, form.cleaned_data, sheet, tray)
    except ConversationClosed:
        return _room(request, visible(request, conversation.pk), form, sheet, tray, status=409)
    except ConsentMissing:
        return show_consent(request, conversation, ConsentForm(company=request.company.name))
    messages.success(request, _("Your message was sent."))
    return redirect(conversation)


def _sheet(request: SignedInRequest, conversation: Conversation) -> Sheet:
    return sheet_for(request, PURPOSE, conversation.pk, beside=conversation)


def _send_once(
    request: SignedInRequest, conversation: Conversation, typed: dict[str, Any], sheet: Sheet, tray: Tray
) -> None:
    """Raises ConversationClosed."""

    def write() -> Conversation:
        said = send_message(conversation=conversation, author=request.user, attached=tray.chosen, **typed)
        return said.conversation

    once_in_private(
        author=request.user,
        text=typed["text"],
        among=Conversation.objects.visible_to(request.user).filter(pk=conversation.pk),
        # Other files make it another message, whatever its words are.
        is_repeatable=bool(tray.waiting),
        write=write,
        sent=sheet.sent,
    )
    # The same form arrived twice: what this copy brought along is in the message already.
    discard_waiting(conversation=conversation, author=writer_of(request), only=tray.new)


def _room(
    request: SignedInRequest, conversation: Conversation, form: ReplyForm, sheet: Sheet, tray: Tray, status: int = 200
) -> HttpResponse:
    serving = is_serving(request.user, conversation)
    said, has_earlier = _said(request, conversation)
    lay_out(request, conversation, said, tray)
    context = {
        "conversation": conversation,
        "said": said,
        "has_earlier": has_earlier,
        "form": form,
        "sheet": sheet,
        "tray": tray,
        **previewed(request),
        "serving": serving,
        "origin": _origin(request, conversation),
        **(_for_team(request, conversation) if serving else _for_customer(conversation)),
        **_own_matters(request, conversation),
    }
    response = render(request, "forum/conversation_detail.html", context, status=status)
    # After the page was made: it shows what is new to the reader, and what was read by the other side before.
    read_conversation(
        conversation=conversation,
        reader=request.user,
        last_opened_at=conversation.last_opened_at,
        has_news=conversation.has_news_for_team if serving else conversation.has_news,
    )
    return response


def _own_matters(request: SiteRequest, conversation: Conversation) -> dict[str, Any]:
    """What only the customer is shown: the consent they gave or are asked for, and what goes with a receipt."""
    if is_serving(request.user, conversation):
        return {}
    # Also where the topic is not about health any more: what was given can be taken back.
    given = conversation.consents
    shown: dict[str, Any] = {
        "consent": next((consent for consent in given if not consent.withdrawn_at), None),
        "is_withdrawn": any(consent.withdrawn_at for consent in given),
        "asks_consent": conversation.topic.health_data and not any(c.is_to_the_words_of_today for c in given),
    }
    if isinstance(request.user, ReceiptHolder):
        pinged = PingAddress.objects.filter(receipt=request.user.receipt_id).exists()
        shown |= {"by_receipt": True, "pinged": pinged, "ping_form": PingForm()}
    return shown


def _said(request: SignedInRequest, conversation: Conversation) -> tuple[list[Message], bool]:
    """The messages of the page, and whether there are earlier ones."""
    said = conversation.messages.visible_to(request.user).select_related("author", "staff_card")
    latest = list(said.order_by("-created_at", "-id")[: None if "all" in request.GET else LATEST + 1])
    shown = latest if "all" in request.GET else latest[:LATEST]
    return shown[::-1], len(latest) > len(shown)


def _for_team(request: SignedInRequest, conversation: Conversation) -> dict[str, Any]:
    notes = list(RoomNote.objects.visible_to(request.user).filter(conversation=conversation))
    for note in notes:
        # Known already: its key opens the note.
        note.conversation = conversation
    return {"notes": notes}


def _for_customer(conversation: Conversation) -> dict[str, Any]:
    """Who read it and who can; and once it is closed, what the customer may do with it."""
    served_by = StaffCard.objects.filter(user__in=conversation.serving_people(), left_at=None)
    return {
        "openings": conversation.openings,
        "cards": served_by.order_by("position", "name"),
        "extension": room_to_extend(conversation),
        "rating": rating_address(conversation) if conversation.is_closed and not conversation.is_rated else "",
        "answers": Satisfaction.Answer.choices,
    }


@require_POST
@private_room
def conversation_close(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    conversation = visible(request, uuid)
    if not can_take_part(request.user, conversation):
        raise PermissionDenied
    close_conversation(conversation=conversation, by=request.user)
    messages.success(request, _("The conversation is closed."))
    return redirect(conversation)


@require_POST
@private_room
def conversation_reopen(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Opens it again; a message that was refused because it was closed goes along."""
    conversation = visible(request, uuid)
    if not can_take_part(request.user, conversation):
        return refuse(request, _("You can not write at the moment."))
    reopen_conversation(conversation=conversation, by=request.user)
    if conversation.is_closed:
        return refuse(request, _("The consent was taken back, so this conversation stays closed and is deleted."))
    if request.POST.get("text", "").strip():
        return _reply(request, conversation)
    messages.success(request, _("The conversation is open again."))
    return redirect(conversation)


def _origin(request: SignedInRequest, conversation: Conversation) -> Question | None:
    """The public question it began at, unless that was taken away meanwhile."""
    if conversation.origin_question_id is None:
        return None
    return Question.objects.visible_to(request.user).filter(pk=conversation.origin_question_id).first()
