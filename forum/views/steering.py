"""Staff say whose turn it is, close a question for a reason everybody can read, and open it again."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from forum.actions.questions import close_question, reopen_question, say_whose_turn
from forum.forms.questions import CloseForm, WaitForm
from forum.models import Question
from forum.permissions import can_steer
from forum.repeats import CanNotJoin
from forum.requests import SignedInRequest
from forum.views.rescue import sign_in_required
from forum.views.writing import form_for, show_form


@require_POST
@sign_in_required
def question_wait(request: SignedInRequest, public_id: str) -> HttpResponse:
    question = _steered_question(request, public_id)
    form = WaitForm(request.POST)
    if not form.is_valid():
        raise BadRequest("waiting_on is none of us, asker, nobody")
    say_whose_turn(question=question, waiting_on=form.cleaned_data["waiting_on"])
    label = question.get_waiting_on_display()
    messages.success(request, _("Noted: %(state)s.") % {"state": label})
    return redirect(question)


@require_http_methods(["GET", "HEAD", "POST"])
@sign_in_required
def question_close(request: SignedInRequest, public_id: str) -> HttpResponse:
    question = _steered_question(request, public_id)
    form = form_for(request, CloseForm, question=question)
    if form.is_valid():
        try:
            close_question(question=question, by=request.user, **form.cleaned_data)
        except CanNotJoin as refused:
            # Somebody has decided about the other one since it was looked up.
            form.add_error("duplicate_of", str(refused.why))
            return show_form(request, "forum/question_close.html", form, status=409, question=question)
        messages.success(request, _("The question is closed, and your reason stands under it."))
        return redirect(question)
    return show_form(request, "forum/question_close.html", form, question=question)


@require_POST
@sign_in_required
def question_reopen(request: SignedInRequest, public_id: str) -> HttpResponse:
    question = _steered_question(request, public_id)
    reopen_question(question=question, by=request.user)
    messages.success(request, _("The question is open again."))
    return redirect(question)


def _steered_question(request: SignedInRequest, public_id: str) -> Question:
    """Raises Http404 or PermissionDenied."""
    question = get_object_or_404(Question.objects.visible_to(request.user).with_author(), public_id=public_id)
    if not can_steer(request.user, question):
        raise PermissionDenied(_("Only the team can do this."))
    return question
