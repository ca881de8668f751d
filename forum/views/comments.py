"""Short words under a question or an answer."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from forum.actions.answers import comment_on, delete_comment, edit_comment
from forum.actions.repeats import once, once_changed
from forum.actions.revisions import Overtaken, PostRemoved, version_of
from forum.forms.answers import CommentEditForm, CommentForm
from forum.limits import TooMuch
from forum.models import Answer, Comment, Question
from forum.permissions import can_comment, can_edit
from forum.requests import SignedInRequest
from forum.views.carrying import carry_over, wants_privacy
from forum.views.discretion import private_offer
from forum.views.rescue import refuse, sign_in_required
from forum.views.sheet import put_away, sheet_for
from forum.views.writing import ask_for_patience, form_for, show_both, show_form, thank_for_change


@require_http_methods(["GET", "HEAD", "POST"])
@sign_in_required
def question_comment(request: SignedInRequest, public_id: str) -> HttpResponse:
    visible = Question.objects.visible_to(request.user).with_author()
    question = get_object_or_404(visible, public_id=public_id)
    return _comment_under(request, question, "forum/question_comment.html")


@require_http_methods(["GET", "HEAD", "POST"])
@sign_in_required
def answer_comment(request: SignedInRequest, public_id: str) -> HttpResponse:
    visible = Answer.objects.visible_to(request.user).with_author().select_related("question__author")
    answer = get_object_or_404(visible, public_id=public_id)
    return _comment_under(request, answer, "forum/answer_comment.html")


@require_http_methods(["GET", "HEAD", "POST"])
@sign_in_required
def comment_edit(request: SignedInRequest, public_id: str) -> HttpResponse:
    comment = _visible_comment(request, public_id)
    if not can_edit(request.user, comment):
        return refuse(request, _not_any_more())
    if wants_privacy(request):
        return carry_over(question=comment.thread)
    sheet = sheet_for(request, "comment_edit", public_id, version=version_of(comment))
    form = form_for(request, CommentEditForm, initial={"text": comment.text}, sheet=sheet)
    if form.is_valid():
        if offer := private_offer(request, comment.thread.topic, form.cleaned_data["text"], before=comment.text):
            return show_form(request, "forum/comment_edit.html", form, sheet=sheet, comment=comment, offer=offer)
        typed = {**form.cleaned_data, "version": sheet.version}
        change = partial(edit_comment, comment=comment, editor=request.user, **typed)
        try:
            once_changed(author=request.user, post=comment, change=change, sent=sheet.sent)
        except PostRemoved:
            return refuse(request, _not_any_more())
        except Overtaken:
            return show_both(request, "forum/comment_edit.html", form, comment, sheet, comment=comment)
        put_away(request, sheet)
        thank_for_change(request, comment, _("Your comment is saved as you see it here."))
        return redirect(comment)
    return show_form(request, "forum/comment_edit.html", form, sheet=sheet, comment=comment)


@require_http_methods(["GET", "HEAD", "POST"])
@sign_in_required
def comment_delete(request: SignedInRequest, public_id: str) -> HttpResponse:
    comment = _visible_comment(request, public_id)
    if not can_edit(request.user, comment):
        return refuse(request, _("Only the author can delete a comment, and not after it was removed."))
    if request.method == "POST":
        delete_comment(comment=comment)
        messages.success(request, _("Your comment is deleted."))
        return redirect(comment.thread)
    return render(request, "forum/comment_delete.html", {"comment": comment})


def _comment_under(request: SignedInRequest, target: Question | Answer, template: str) -> HttpResponse:
    if not can_comment(request.user, target):
        return refuse(request, _("This question takes no more comments."))
    question = target if isinstance(target, Question) else target.question
    if wants_privacy(request):
        return carry_over(question=question)
    sheet = sheet_for(request, f"{target.kind}_comment", target.public_id)
    form = form_for(request, CommentForm, sheet=sheet)
    if form.is_valid():
        text = form.cleaned_data["text"]
        if offer := private_offer(request, question.topic, text):
            return show_form(request, template, form, sheet=sheet, target=target, offer=offer)
        same = Comment.objects.visible_to(request.user).filter(**{target.kind: target}, text=text)
        write = partial(comment_on, target=target, author=request.user, text=text)
        try:
            comment = once(author=request.user, kind="reply", same=same, write=write, sent=sheet.sent)
        except PostRemoved:
            return refuse(request, _("This question takes no more comments."))
        except TooMuch as limit:
            return ask_for_patience(request, template, form, limit, sheet=sheet, target=target)
        _thank_for(request, comment)
        put_away(request, sheet)
        return redirect(comment)
    return show_form(request, template, form, sheet=sheet, target=target)


def _visible_comment(request: SignedInRequest, public_id: str) -> Comment:
    visible = Comment.objects.visible_to(request.user).select_related("question", "answer__question")
    return get_object_or_404(visible, public_id=public_id)


def _not_any_more() -> str:
    return _("Only the author can change a comment, and not after it was removed.")


def _thank_for(request: SignedInRequest, comment: Comment) -> None:
    if comment.is_held:
        messages.info(request, _("Thank you. We look at your comment before it is published."))
    else:
        messages.success(request, _("Your comment is published."))
