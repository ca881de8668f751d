"""Say that a question was asked before, merge two of them, and take them apart again."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from forum.actions.duplicates import VOTES, AlreadyJoined, NothingToUndo, vote_for_duplicate, withdraw_vote
from forum.actions.merging import merge, unmerge
from forum.actions.questions import close_question, reopen_question
from forum.actions.repeats import once_changed
from forum.forms.duplicates import RepeatForm, TakeApartForm, VoteForm
from forum.forms.fields import TITLE_MAX
from forum.models import Question, Repetition
from forum.permissions import can_call_repeated, can_merge, can_take_apart, is_staff
from forum.repeats import CanNotJoin
from forum.requests import SignedInRequest
from forum.rows_beside import rows_of
from forum.search import similar
from forum.views.rescue import refuse, sign_in_required
from forum.views.sheet import Sheet, sheet_for
from forum.views.writing import form_for, show_form

CHOICES = 8  # similar questions to choose from


@require_http_methods(["GET", "HEAD", "POST"])
@sign_in_required
def question_duplicate(request: SignedInRequest, public_id: str) -> HttpResponse:
    """For the team a decision, for customers a vote. Raises Http404 and PermissionDenied."""
    question = _question(request, public_id)
    if question.merged_into_id:
        return redirect(question)
    if not can_call_repeated(request.user, question):
        return refuse(request, _("This question was marked already, or is not open to everybody."))
    if "withdraw" in request.POST:
        withdraw_vote(question=question, by=request.user)
        messages.success(request, _("Your vote is taken back."))
        return redirect(question)
    return _decide(request, question) if is_staff(request.user) else _vote(request, question)


def _decide(request: SignedInRequest, question: Question) -> HttpResponse:
    sheet = sheet_for(request, "question_duplicate", question.public_id)
    may_merge = can_merge(request.user, question)
    about: dict[str, Any] = {"question": question, "similar": _alike(request, question), "may_merge": may_merge}
    form = form_for(request, RepeatForm, **about)
    if not form.is_valid():
        return _page(request, form, question, sheet)
    join = partial(_join, request, question, form)
    try:
        once_changed(author=request.user, post=question, change=join, sent=sheet.sent)
    except (AlreadyJoined, CanNotJoin):
        return _late(request, form, question, sheet)
    messages.success(request, _("The questions are merged.") if form.wants_merge else _("Marked as asked before."))
    # The page of the moment: what was merged leads on from its old address.
    return redirect(form.cleaned_data["original"] if form.wants_merge else question)


def _join(request: SignedInRequest, question: Question, form: RepeatForm) -> Question:
    original, reason = form.cleaned_data["original"], form.cleaned_data["reason"]
    if form.wants_merge:
        merge(question=question, original=original, by=request.user, reason=reason)
    else:
        close_question(question=question, by=request.user, reason=reason, duplicate_of=original)
    return question


def _vote(request: SignedInRequest, question: Question) -> HttpResponse:
    if not request.user.has_confirmed_address:
        return refuse(request, _("Please confirm your e-mail address first: each person counts once."))
    sheet = sheet_for(request, "question_duplicate", question.public_id)
    form = form_for(request, VoteForm, question=question, similar=_alike(request, question))
    if not form.is_valid():
        return _page(request, form, question, sheet)
    try:
        votes = vote_for_duplicate(question=question, original=form.cleaned_data["original"], by=request.user)
    except (AlreadyJoined, CanNotJoin):
        return _late(request, form, question, sheet)
    if votes < VOTES:
        still = ngettext("%(number)d more makes it so.", "%(number)d more make it so.", VOTES - votes)
        messages.success(request, _("Thank you, noted.") + " " + still % {"number": VOTES - votes})
    else:
        messages.success(request, _("Thank you. The question now leads to the other one."))
    return redirect(question)


@require_http_methods(["GET", "HEAD", "POST"])
@sign_in_required
def question_separate(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Undo what was marked or merged; without anything to undo the page shows the log alone."""
    question = _question(request, public_id)
    if not can_take_apart(request.user, question):
        raise PermissionDenied(_("Only the team can do this; what was merged, its moderators."))
    form = form_for(request, TakeApartForm)
    shown: dict[str, Any] = {"question": question, "log": _log(question), "is_joined": _is_joined(question)}
    if not form.is_valid():
        return show_form(request, "forum/question_separate.html", form, **shown)
    try:
        _take_apart(question, request, form.cleaned_data["reason"])
    except NothingToUndo:
        form.add_error(None, _("Somebody has taken this apart already."))
        return show_form(request, "forum/question_separate.html", form, status=409, **shown)
    messages.success(request, _("The question stands for itself again."))
    return redirect(question)


def _take_apart(question: Question, request: SignedInRequest, reason: str) -> None:
    if question.merged_into_id:
        unmerge(question=question, by=request.user, reason=reason)
    elif question.duplicate_of_id:
        reopen_question(question=question, by=request.user, reason=reason)
    else:
        raise NothingToUndo


def _is_joined(question: Question) -> bool:
    return bool(question.merged_into_id or question.duplicate_of_id)


def _page(
    request: SignedInRequest, form: VoteForm, question: Question, sheet: Sheet, status: int | None = None
) -> HttpResponse:
    team = is_staff(request.user)
    shown = {
        "question": question,
        "sheet": sheet,
        "q": _words(request),
        "votes_needed": VOTES,
        "log": _log(question) if team else [],
        "proposals": _proposals(request, question) if team else [],
    }
    return show_form(request, "forum/question_duplicate.html", form, status=status, **shown)


def _late(request: SignedInRequest, form: VoteForm, question: Question, sheet: Sheet) -> HttpResponse:
    form.add_error(None, _("Meanwhile somebody else has decided about one of the two. Please look at them once more."))
    return _page(request, form, _question(request, question.public_id), sheet, status=409)


def _alike(request: SignedInRequest, question: Question) -> list[Question]:
    """Public ones only: to nothing else may it lead."""
    found = similar(_words(request) or question.title, user=AnonymousUser(), limit=CHOICES + 1)
    return [one for one in found if isinstance(one, Question) and one.pk != question.pk][:CHOICES]


def _words(request: SignedInRequest) -> str:
    return request.GET.get("q", "").replace("\0", "")[:TITLE_MAX]


def _proposals(request: SignedInRequest, question: Question) -> list[Question]:
    """What customers have voted for, with how many did."""
    return list(Question.objects.public().voted_for(question.pk))


def _log(question: Question) -> list[Repetition]:
    acts: list[Repetition] = rows_of(Repetition, question.repetitions_beside)  # type: ignore[attr-defined]
    return sorted(acts, key=lambda act: (act.made_at, act.pk))


def _question(request: SignedInRequest, public_id: str) -> Question:
    visible = Question.objects.visible_to(request.user).with_author().select_related("topic")
    visible = visible.with_vote_of(request.user)
    return get_object_or_404(visible.with_repetitions() if is_staff(request.user) else visible, public_id=public_id)
