"""I have this too, this helped, tell me more: one button each, pressed again to take it back (`on=0`)."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from forum.actions.answers import set_helpful
from forum.actions.questions import set_metoo, set_subscription
from forum.models import Answer, Question
from forum.permissions import can_follow, can_mark_helpful, can_mark_metoo
from forum.requests import SignedInRequest
from forum.views.rescue import sign_in_required


@require_POST
@sign_in_required
def question_metoo(request: SignedInRequest, public_id: str) -> HttpResponse:
    question = _visible_question(request, public_id)
    if not can_mark_metoo(request.user, question):
        raise PermissionDenied(_("This button is for others who have the same question."))
    on = _pressed(request)
    set_metoo(question=question, user=request.user, on=on)
    said = _("Noted that you have this too. You will hear of the answer.") if on else _("You are not counted any more.")
    messages.success(request, said)
    return redirect(question)


@require_POST
@sign_in_required
def question_subscribe(request: SignedInRequest, public_id: str) -> HttpResponse:
    question = _visible_question(request, public_id)
    if not can_follow(request.user, question):
        raise PermissionDenied
    on = _pressed(request)
    set_subscription(question=question, user=request.user, on=on)
    said = _("You will get an e-mail when there is an answer.") if on else _("You will get no more e-mails about this.")
    messages.success(request, said)
    return redirect(question)


@require_POST
@sign_in_required
def answer_helpful(request: SignedInRequest, public_id: str) -> HttpResponse:
    visible = Answer.objects.visible_to(request.user).select_related("question")
    answer = get_object_or_404(visible, public_id=public_id)
    if not can_mark_helpful(request.user, answer):
        raise PermissionDenied(_("This button is for others than the author."))
    on = _pressed(request)
    set_helpful(answer=answer, user=request.user, on=on)
    messages.success(request, _("Good to know that this helped you.") if on else _("Your mark is taken back."))
    return redirect(answer)


def _pressed(request: SignedInRequest) -> bool:
    return request.POST.get("on") != "0"


def _visible_question(request: SignedInRequest, public_id: str) -> Question:
    return get_object_or_404(Question.objects.visible_to(request.user), public_id=public_id)
