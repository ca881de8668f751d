"""Among the staff of a topic: whose a private conversation is, and notes that the customer never reads."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from forum.actions.conversations import note_opening
from forum.actions.rooms import DoesNotServe, hand_over, note_for_team
from forum.forms.rooms import NOBODY, NOTE_ONLY, TeamForm
from forum.models import Conversation
from forum.permissions import can_take_part, is_serving
from forum.requests import SignedInRequest
from forum.views.conversation_gate import unreadable, visible
from forum.views.private_room import private_room
from forum.views.rescue import refuse
from forum.views.writing import form_for, show_form


@require_http_methods(["GET", "HEAD", "POST"])
@private_room
def conversation_team(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    conversation = _served(request, uuid)
    if conversation.legible_subject is None:
        return unreadable(request)
    if not can_take_part(request.user, conversation):
        return refuse(request, _("You can not write at the moment."))
    form = form_for(request, TeamForm, conversation=conversation)
    if not form.is_valid():
        note_opening(conversation=conversation, reader=request.user, last_opened_at=conversation.last_opened_at)
        return show_form(request, "forum/conversation_team.html", form, conversation=conversation)
    try:
        _do(request, conversation, form)
    except DoesNotServe:  # since the form was looked at
        form.add_error("to", form.fields["to"].error_messages["invalid_choice"])
        return show_form(request, "forum/conversation_team.html", form, conversation=conversation)
    messages.success(request, _("Noted for the team."))
    return redirect(f"{conversation.get_absolute_url()}#team-notes")


def _do(request: SignedInRequest, conversation: Conversation, form: TeamForm) -> None:
    to, text = form.cleaned_data["to"], form.cleaned_data["text"]
    if to == NOTE_ONLY:
        note_for_team(conversation=conversation, by=request.user, text=text)
    else:
        person = None if to == NOBODY else form.people[to]
        hand_over(conversation=conversation, by=request.user, to=person, text=text)


@require_POST
@private_room
def conversation_take(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Into one's own hands, in one click."""
    conversation = _served(request, uuid)
    if not can_take_part(request.user, conversation):
        raise PermissionDenied
    hand_over(conversation=conversation, by=request.user, to=request.user)
    messages.success(request, _("It is in your hands now."))
    return redirect(conversation)


def _served(request: SignedInRequest, uuid: UUID) -> Conversation:
    """Raises PermissionDenied for the customer, who knows of the conversation and not of this."""
    conversation = visible(request, uuid)
    if not is_serving(request.user, conversation):
        raise PermissionDenied
    return conversation
