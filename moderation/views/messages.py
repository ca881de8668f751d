"""Report one message from inside a private conversation: it is shown to the moderators, and nothing around it."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.limits import within_limit
from accounts.models import User
from forum.actions.conversations import note_opening
from forum.actions.sending import send_once
from forum.models import Message
from forum.requests import SignedInRequest
from forum.views.conversation_gate import unreadable, visible
from forum.views.private_room import private_room
from forum.views.sheet import Sheet, sheet_for
from forum.views.writing import form_for, show_form
from moderation.actions.messages import report_message
from moderation.forms import ReportForm
from moderation.models import Notice


@require_http_methods(["GET", "HEAD", "POST"])
@private_room
def message_report(request: SignedInRequest, uuid: UUID, message: UUID) -> HttpResponse:
    """For the two sides of its conversation, by account or by receipt; for everybody else there is no such message."""
    conversation = visible(request, uuid)
    readable = Message.objects.visible_to(request.user).standing().filter(conversation=conversation)
    said = get_object_or_404(readable, pk=message)
    # Known already: its key opens the message.
    said.conversation = conversation
    if said.legible_text is None:
        return unreadable(request)
    note_opening(conversation=conversation, reader=request.user, last_opened_at=conversation.last_opened_at)
    form = form_for(request, ReportForm, known=True)
    sheet = sheet_for(request, "message_report", message)
    is_too_much = form.is_valid() and not within_limit(request, "report")
    if form.is_valid() and not is_too_much:
        _take_in(request, said, form, sheet)
        messages.success(request, _("Thank you. We look at it and decide; nothing is removed by a report alone."))
        return redirect(conversation)
    if is_too_much:
        form.add_error(
            None,
            _("This was tried too often in a short time. Please wait a few minutes and try again. Nothing is lost."),
        )
    return show_form(
        request, "moderation/message_report.html", form, status=429 if is_too_much else None, sheet=sheet,
        message=said, conversation=conversation,
    )  # fmt: skip


def _take_in(request: SignedInRequest, message: Message, form: ReportForm, sheet: Sheet) -> None:
    said = form.cleaned_data
    # A program that filled the field nobody sees is answered like a person, and forgotten.
    if said["homepage"]:
        return
    reporter: User | None = request.user if request.user.is_authenticated else None
    write = partial(report_message, message=message, reporter=reporter, rule=said["rule"], reason=said["reason"])
    send_once(sheet.sent, Notice, write)
