"""Several questions, one entry: another answer goes into it, two entries become one, two languages are joined."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Case, Q, QuerySet, When
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from forum.actions.faq import EntryRemoved
from forum.actions.faq_merging import CannotMerge, merge_entries, undo_merge
from forum.actions.faq_sources import add_source, remove_source
from forum.actions.faq_translation import CannotJoin, begin_version, join_versions, part_versions
from forum.faq_answers import best_answer
from forum.faq_versions import group_of
from forum.forms.faq_choice import EntryChoiceForm, SourceForm
from forum.models import Answer, FaqEntry, FaqSource
from forum.permissions import can_edit_faq, can_promote
from forum.requests import SignedInRequest
from forum.views.staff import staff_required

SHOWN = 20
MAX_WORDS = 6


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required
def answer_into_faq(request: SignedInRequest, public_id: str) -> HttpResponse:
    """An entry answers this already: the question becomes one of its sources."""
    answers = Answer.objects.visible_to(request.user).select_related("question__topic")
    answer = get_object_or_404(answers, public_id=public_id)
    if not can_promote(request.user, answer):
        raise PermissionDenied
    form = _choice(request, _standing(request, answer.question.language), like=answer.question.topic_id)
    if form.is_valid():
        entry = form.cleaned_data["entry"]
        try:
            add_source(entry=entry, question=answer.question, answer=answer, by=request.user)
        except EntryRemoved:
            form.add_error("entry", _gone())
        else:
            messages.success(request, _("The question stands behind this entry now. Does the text answer it as well?"))
            return redirect("forum:faq_edit", entry.pk)
    return _show_choice(request, "forum/answer_into_faq.html", form, answer=answer)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required
def faq_merge(request: SignedInRequest, pk: int) -> HttpResponse:
    """Another entry answers this as well: this one's address leads there."""
    entry = _entry(request, pk)
    form = _choice(request, _standing(request, entry.language).exclude(pk=entry.pk), like=entry.topic_id)
    if form.is_valid():
        into = form.cleaned_data["entry"]
        try:
            merge_entries(entry=entry, into=into, by=request.user)
        except CannotMerge:
            form.add_error("entry", _gone())
        else:
            messages.success(request, _("Both are one entry now. Please see whether its text answers both questions."))
            return redirect("forum:faq_edit", into.pk)
    return _show_choice(request, "forum/faq_merge.html", form, entry=entry)


@require_POST
@staff_required
def faq_unmerge(request: SignedInRequest, pk: int) -> HttpResponse:
    entry = _entry(request, pk)
    try:
        undo_merge(entry=entry)
    except CannotMerge as error:
        raise PermissionDenied(_gone()) from error
    messages.success(request, _("The entry stands by itself again."))
    return redirect("forum:faq_edit", entry.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required
def faq_translate(request: SignedInRequest, pk: int) -> HttpResponse:
    """The version in the other language: one that is there, or a draft to be written."""
    entry = _entry(request, pk)
    versions = list(FaqEntry.objects.visible_to(request.user).filter(group_of(entry)))
    if "apart" in request.POST:
        part_versions(entry=entry)
        messages.success(request, _("The two versions stand by themselves again."))
        return redirect("forum:faq_edit", entry.pk)
    other = "en" if entry.language == "de" else "de"
    try:
        if "begin" in request.POST:
            return redirect("forum:faq_edit", begin_version(entry=entry, language=other, by=request.user).pk)
        form = _choice(request, _standing(request, other).filter(translation_of=None), like=entry.topic_id)
        if form.is_valid():
            join_versions(entry=entry, other=form.cleaned_data["entry"])
            messages.success(request, _("The two versions lead to each other now."))
            return redirect("forum:faq_edit", entry.pk)
    except CannotJoin:
        form = _choice(request, _standing(request, other).filter(translation_of=None), like=entry.topic_id)
        form.add_error("entry", _gone())
    return _show_choice(request, "forum/faq_translate.html", form, entry=entry, versions=versions, other=other)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required
def faq_source_add(request: SignedInRequest, pk: int) -> HttpResponse:
    """A question that the entry answers as well, by its address."""
    entry = _entry(request, pk)
    form = SourceForm(request.POST if request.method == "POST" else None, user=request.user)
    if form.is_valid():
        question = form.cleaned_data["question"]
        try:
            add_source(entry=entry, question=question, answer=best_answer(question), by=request.user)
        except EntryRemoved:
            form.add_error(None, _gone())
        else:
            messages.success(request, _("The question stands behind this entry now."))
            return redirect("forum:faq_edit", entry.pk)
    context = {"entry": entry, "form": form}
    return render(request, "forum/faq_source_add.html", context, status=422 if form.is_bound else 200)


@require_POST
@staff_required
def faq_source_remove(request: SignedInRequest, pk: int, source: int) -> HttpResponse:
    entry = _entry(request, pk)
    sources = FaqSource.objects.visible_to(request.user).filter(entry=entry)
    remove_source(source=get_object_or_404(sources, pk=source))
    messages.success(request, _("The question does not stand behind this entry any more."))
    return redirect("forum:faq_edit", entry.pk)


def _entry(request: SignedInRequest, pk: int) -> FaqEntry:
    entry = get_object_or_404(FaqEntry.objects.visible_to(request.user).select_related("topic"), pk=pk)
    if not can_edit_faq(request.user, entry):
        raise PermissionDenied
    return entry


def _standing(request: SignedInRequest, language: str) -> QuerySet[FaqEntry]:
    return FaqEntry.objects.visible_to(request.user).filter(language=language, retired_at=None, hidden_at=None)


def _choice(request: SignedInRequest, entries: QuerySet[FaqEntry], *, like: int) -> EntryChoiceForm:
    """Those with the words that are looked for; else the whole FAQ, what is about the same topic first."""
    found = Q()
    for word in request.GET.get("q", "").split()[:MAX_WORDS]:
        found &= Q(title__icontains=word)
    rows = entries.filter(found).select_related("topic").defer("text", "html")
    near = Case(When(topic=like, then=0), default=1)
    in_order = rows.order_by(near, "topic__position", "position", "pk")
    posted = request.POST if request.method == "POST" else None
    return EntryChoiceForm(posted, entries=entries.select_related("topic"), shown=list(in_order[:SHOWN]))


def _show_choice(request: SignedInRequest, template: str, form: EntryChoiceForm, **context: Any) -> HttpResponse:
    context |= {"form": form, "q": request.GET.get("q", "")[:200]}
    return render(request, template, context, status=422 if form.is_bound else 200)


def _gone() -> str:
    return _("This can not be done any more: somebody was quicker. Please look at the entry again.")
