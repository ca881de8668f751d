"""From a public question into private: the team asks, the asker decides, and one sentence tells how it ended."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from forum.actions.doors import DoorDecided, DoorShut, agree_to_door, ask_into_private, decline_door
from forum.actions.outcomes import (
    OutcomeDecided,
    agree_to_outcome,
    decline_outcome,
    propose_outcome,
    withdraw_outcome,
)
from forum.door_querysets import DoorQuerySet
from forum.forms.doors import DoorForm, OutcomeForm
from forum.models import Conversation, Door, Question
from forum.permissions import can_ask_in, can_write, is_asker, is_serving, is_staff
from forum.requests import SignedInRequest
from forum.views.private_room import private_room
from forum.views.rescue import refuse
from forum.views.writing import form_for, show_form

OUTCOME_VERBS = {"agree": agree_to_outcome, "decline": decline_outcome, "withdraw": withdraw_outcome}


@require_http_methods(["GET", "HEAD", "POST"])
@private_room
def question_private(request: SignedInRequest, public_id: str) -> HttpResponse:
    """For the asker what there is to decide, or the way to write to us; for the team the form that asks them."""
    question = _question(request, public_id)
    if is_asker(request.user, question):
        return _for_asker(request, question)
    if not is_staff(request.user):
        raise PermissionDenied(_("Only the team and who asked this can do this."))
    return _ask(request, question)


def _for_asker(request: SignedInRequest, question: Question) -> HttpResponse:
    doors = list(_doors(request, question))
    if not doors:
        here = reverse("forum:conversation_new")
        return redirect(f"{here}?topic={question.topic_id}&question={question.public_id}")
    return render(request, "forum/question_private.html", {"question": question, "doors": doors})


def _ask(request: SignedInRequest, question: Question) -> HttpResponse:
    if not can_ask_in(request.user, question):
        return refuse(request, _("Nobody can be asked into private here."))
    if not request.user.served_topics.filter(pk=question.topic_id).exists():
        return refuse(request, _("Only who serves this topic can talk about it in private."))
    form = form_for(request, DoorForm)
    shown: dict[str, Any] = {"question": question, "doors": list(_doors(request, question))}
    if not form.is_valid():
        return show_form(request, "forum/question_private_ask.html", form, **shown)
    try:
        ask_into_private(question=question, by=request.user, **form.cleaned_data)
    except DoorShut:
        form.add_error(
            None, _("The asker was asked already, talks to us in private, or nobody serves this topic there.")
        )
        return show_form(request, "forum/question_private_ask.html", form, status=409, **shown)
    messages.success(request, _("The asker is asked, and decides. Until then nothing changes here."))
    return redirect(question)


@require_POST
@private_room
def question_agree(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The asker says yes or no (`agree`) to the invitation that waits."""
    question = _own_question(request, public_id)
    agrees = request.POST.get("agree")
    if agrees not in ("yes", "no"):
        raise BadRequest("agree is neither yes nor no")
    door = _doors(request, question).filter(pk=_number(request.POST.get("door", ""))).first()
    if door is None:
        return _decided(request, question)
    try:
        if agrees == "yes":
            return redirect(agree_to_door(door=door))
        decline_door(door=door)
    except DoorDecided:
        return _decided(request, question)
    messages.success(request, _("It stays public, and we answer you here."))
    return redirect(question)


@require_POST
@private_room
def question_outcome(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The asker agrees to the sentence for everybody, declines it, or takes it back (`verb`)."""
    question = _own_question(request, public_id)
    decide = OUTCOME_VERBS.get(request.POST.get("verb", ""))
    if decide is None:
        raise BadRequest("verb is none of agree, decline, withdraw")
    door = _doors(request, question).filter(pk=_number(request.POST.get("door", ""))).first()
    if door is None:
        return _decided(request, question)
    try:
        decide(door=door)
    except OutcomeDecided:
        return _decided(request, question)
    messages.success(request, _("Thank you, noted."))
    return redirect(question)


@require_http_methods(["GET", "HEAD", "POST"])
@private_room
@sensitive_post_parameters("outcome")
def conversation_outcome(request: SignedInRequest, uuid: str) -> HttpResponse:
    """The team proposes the sentence, once the room is closed."""
    visible = Conversation.objects.visible_to(request.user).select_related("topic", "door__question__author")
    conversation = get_object_or_404(visible, pk=uuid)
    if not is_serving(request.user, conversation) or not can_write(request.user):
        raise PermissionDenied(_("Only the team can do this."))
    door = get_object_or_404(Door.objects.visible_to(request.user).select_related("conversation", "question__author"),
                             conversation=conversation)  # fmt: skip
    form = form_for(request, OutcomeForm)
    shown: dict[str, Any] = {"conversation": conversation, "door": door, "serving": True}
    if not form.is_valid():
        return show_form(request, "forum/conversation_outcome.html", form, **shown)
    try:
        propose_outcome(door=door, by=request.user, sentence=form.cleaned_data["outcome"])
    except OutcomeDecided:
        form.add_error(None, _("The conversation is open, or the asker was asked already."))
        return show_form(request, "forum/conversation_outcome.html", form, status=409, **shown)
    messages.success(request, _("The asker is asked whether this may stand on the public page."))
    return redirect(conversation)


def _question(request: SignedInRequest, public_id: str) -> Question:
    questions = Question.objects.visible_to(request.user).with_author().select_related("topic")
    return get_object_or_404(questions, public_id=public_id)


def _own_question(request: SignedInRequest, public_id: str) -> Question:
    question = _question(request, public_id)
    if not is_asker(request.user, question) or not can_write(request.user):
        raise PermissionDenied(_("Only who asked this can decide it."))
    return question


def _doors(request: SignedInRequest, question: Question) -> DoorQuerySet[Door]:
    doors = Door.objects.visible_to(request.user).filter(question=question)
    return doors.select_related("conversation", "question__author", "question__topic", "opened_by", "outcome_by")


def _number(text: str) -> int:
    """The key of a row; nought for whatever is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0


def _decided(request: SignedInRequest, question: Question) -> HttpResponse:
    shown = {"question": question, "doors": list(_doors(request, question)), "is_late": True}
    return render(request, "forum/question_private.html", shown, status=409)
