"""Answer a question, change an answer, accept it."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from forum.actions.answers import accept_answer, answer_question, edit_answer, undo_acceptance
from forum.actions.repeats import once, once_changed
from forum.actions.revisions import Overtaken, PostRemoved, version_of
from forum.forms.answers import AnswerEditForm, answer_form_for
from forum.limits import TooMuch
from forum.models import Answer, Question
from forum.permissions import can_accept, can_answer, can_edit
from forum.requests import SignedInRequest, SiteRequest
from forum.views.carrying import carry_over, wants_privacy
from forum.views.discretion import private_offer
from forum.views.rescue import refuse, sign_in_required
from forum.views.sheet import put_away, sheet_for
from forum.views.writing import ask_for_patience, form_for, show_both, show_form, thank_for_change


@require_safe
def answer_detail(request: SiteRequest, public_id: str) -> HttpResponse:
    """The lasting address of an answer, or of the tombstone in its place: it leads to where it stands."""
    answers = Answer.objects.visible_to(request.user) | Answer.objects.removed()
    answer = get_object_or_404(answers.select_related("question"), public_id=public_id)
    # Without the question's words, which not everybody who may come here may read.
    page = reverse("forum:question_detail", args=[answer.question.public_id])
    return redirect(f"{page}#a-{answer.public_id}")


@require_http_methods(["GET", "HEAD", "POST"])
@sign_in_required
def question_answer(request: SignedInRequest, public_id: str) -> HttpResponse:
    visible = Question.objects.visible_to(request.user).with_author()
    question = get_object_or_404(visible, public_id=public_id)
    if not can_answer(request.user, question):
        return refuse(request, _("This question takes no more answers."))
    if wants_privacy(request):
        return carry_over(question=question)
    sheet = sheet_for(request, "question_answer", public_id)
    form = form_for(request, answer_form_for(request.user), sheet=sheet)
    if form.is_valid():
        if offer := private_offer(request, question.topic, form.cleaned_data["text"]):
            return show_form(request, "forum/question_answer.html", form, sheet=sheet, question=question, offer=offer)
        same = Answer.objects.visible_to(request.user).filter(question=question, text=form.cleaned_data["text"])
        write = partial(answer_question, question=question, author=request.user, **form.cleaned_data)
        try:
            answer = once(author=request.user, kind="reply", same=same, write=write, sent=sheet.sent)
        except PostRemoved:
            return refuse(request, _("This question takes no more answers."))
        except TooMuch as limit:
            shown = {"question": question, "sheet": sheet}
            return ask_for_patience(request, "forum/question_answer.html", form, limit, **shown)
        _thank_for(request, answer)
        put_away(request, sheet)
        return redirect(answer)
    return show_form(request, "forum/question_answer.html", form, sheet=sheet, question=question)


@require_http_methods(["GET", "HEAD", "POST"])
@sign_in_required
def answer_edit(request: SignedInRequest, public_id: str) -> HttpResponse:
    answer = _visible_answer(request, public_id)
    if not can_edit(request.user, answer):
        return refuse(request, _not_any_more())
    if wants_privacy(request):
        return carry_over(question=answer.question)
    sheet = sheet_for(request, "answer_edit", public_id, version=version_of(answer))
    form = form_for(request, AnswerEditForm, initial={"text": answer.text}, sheet=sheet)
    if form.is_valid():
        if offer := private_offer(request, answer.question.topic, form.cleaned_data["text"], before=answer.text):
            return show_form(request, "forum/answer_edit.html", form, sheet=sheet, answer=answer, offer=offer)
        typed = {**form.cleaned_data, "version": sheet.version}
        change = partial(edit_answer, answer=answer, editor=request.user, **typed)
        try:
            once_changed(author=request.user, post=answer, change=change, sent=sheet.sent)
        except PostRemoved:
            return refuse(request, _not_any_more())
        except Overtaken:
            return show_both(request, "forum/answer_edit.html", form, answer, sheet, answer=answer)
        put_away(request, sheet)
        thank_for_change(request, answer, _("Your answer is saved as you see it here."))
        return redirect(answer)
    return show_form(request, "forum/answer_edit.html", form, sheet=sheet, answer=answer)


@require_POST
@sign_in_required
def answer_accept(request: SignedInRequest, public_id: str) -> HttpResponse:
    answer = _visible_answer(request, public_id)
    if not can_accept(request.user, answer):
        raise PermissionDenied(_("Only the asker and the team say what settles a question."))
    accept_answer(answer=answer, by=request.user)
    messages.success(request, _("Accepted. The answer now stands directly under the question."))
    return redirect(answer)


@require_POST
@sign_in_required
def answer_unaccept(request: SignedInRequest, public_id: str) -> HttpResponse:
    answer = _visible_answer(request, public_id)
    if not can_accept(request.user, answer):
        raise PermissionDenied(_("Only the asker and the team say what settles a question."))
    undo_acceptance(answer=answer, by=request.user)
    messages.success(request, _("The answer is not accepted any more."))
    return redirect(answer)


def _visible_answer(request: SignedInRequest, public_id: str) -> Answer:
    visible = Answer.objects.visible_to(request.user).with_author().select_related("question")
    return get_object_or_404(visible, public_id=public_id)


def _not_any_more() -> str:
    return _("Only the author can change an answer, and not after it was removed.")


def _thank_for(request: SignedInRequest, answer: Answer) -> None:
    if answer.is_held:
        messages.info(request, _("Thank you. We look at your answer before it is published."))
    else:
        messages.success(request, _("Your answer is published. Who follows the question hears of it."))
