"""Consent to read about somebody's health, in a room that is open already: given for new words, and taken back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from forum.actions.consents import record_consent, was_withdrawn
from forum.actions.withdrawal import withdraw_consent
from forum.forms.conversations import ConsentForm
from forum.models import Conversation
from forum.permissions import can_take_part, is_serving
from forum.requests import SignedInRequest
from forum.views.conversation_gate import visible
from forum.views.private_room import private_room
from forum.views.rescue import refuse


@require_http_methods(["GET", "HEAD", "POST"])
@private_room
def conversation_consent(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Reads and gives it. A message that could not be sent without goes along, and stands in its form again."""
    conversation = _about_health(request, uuid)
    if not can_take_part(request.user, conversation) or is_serving(request.user, conversation):
        return refuse(request, _("Only who writes about their own health can agree to this."))
    if was_withdrawn(conversation):
        return refuse(request, _("The consent was taken back, so this conversation stays closed and is deleted."))
    form = ConsentForm(request.POST if "agree" in request.POST else None, company=request.company.name)
    if not form.is_valid():
        return show_consent(request, conversation, form)
    record_consent(conversation=conversation, by=request.user)
    messages.success(request, _("Thank you. You can take this back at any time, at the end of the conversation."))
    return _back_to_the_message(request, conversation)


def show_consent(request: SignedInRequest, conversation: Conversation, form: ConsentForm) -> HttpResponse:
    """The words, with what was typed meanwhile beside them."""
    typed = {name: request.POST[name] for name in ("text", "form_key", "draft_version") if request.POST.get(name)}
    shown = {"conversation": conversation, "form": form, "typed": typed}
    asked = request.method == "POST"
    return render(request, "forum/conversation_consent.html", shown, status=422 if form.errors or asked else 200)


def _back_to_the_message(request: SignedInRequest, conversation: Conversation) -> HttpResponse:
    """Sends what was typed to the room (307: the same form once more), or just goes there."""
    return redirect(conversation, preserve_request=bool(str(request.POST.get("text", "")).strip()))


@require_POST
@private_room
def conversation_withdraw(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    conversation = _about_health(request, uuid)
    if not can_take_part(request.user, conversation) or is_serving(request.user, conversation):
        return refuse(request, _("Only who has agreed can take it back."))
    withdraw_consent(conversation=conversation, by=request.user)
    if conversation.holds.filter(ended_at=None).exists():
        said = _(
            "You have taken your consent back. The conversation is closed, and nobody of us can open it any more. The "
            "law makes us keep it for now; it is deleted as soon as that ends."
        )
    else:
        said = _("You have taken your consent back. The conversation is closed, and is being deleted.")
    messages.success(request, said)
    return redirect(conversation)


def _about_health(request: SignedInRequest, uuid: UUID) -> Conversation:
    """Elsewhere than about health there is nothing to agree to, and nothing to take back but what was given before."""
    conversation = visible(request, uuid)
    if not (conversation.topic.health_data or conversation.consents):
        raise Http404
    return conversation
