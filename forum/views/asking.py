"""Ask a question, see what was asked before, and change one's own words."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from forum.actions.questions import ask, edit_question
from forum.actions.repeats import once, once_changed
from forum.actions.revisions import Overtaken, PostRemoved, version_of
from forum.forms.fields import TITLE_MAX
from forum.forms.questions import AskForm, QuestionEditForm
from forum.limits import TooMuch
from forum.middleware import written_language
from forum.models import FaqEntry, Question, Topic
from forum.permissions import can_edit, can_write
from forum.requests import SignedInRequest, SiteRequest
from forum.search import similar
from forum.suggestions import found_by, keys_in
from forum.templatetags.sprechstunde import due
from forum.views.carrying import carry_over, wants_privacy
from forum.views.discretion import private_offer
from forum.views.private_room import unnamed_address
from forum.views.rescue import refuse, sign_in_required
from forum.views.sheet import Sheet, put_away, sheet_for
from forum.views.writing import ask_for_patience, form_for, show_both, show_form, thank_for_change


@require_http_methods(["GET", "HEAD", "POST"])
@unnamed_address
@sign_in_required
def question_ask(request: SignedInRequest) -> HttpResponse:
    if not can_write(request.user):
        return refuse(request)
    if wants_privacy(request):
        return carry_over(_posted_topic(request))
    languages, private = request.company.language_codes, _private_topics(request)
    sheet = sheet_for(request, "question_ask")
    about: dict[str, Any] = {"author": request.user, "languages": languages, "both": private["both"]}
    form = form_for(request, AskForm, initial=_wished(request), sheet=sheet, **about)
    found: list[Question | FaqEntry] = []
    offer = None
    if form.is_valid():
        if form.is_private:
            return carry_over(form.cleaned_data["topic"])
        found = _asked_before(request, form.cleaned_data["title"])
        said = f"{form.cleaned_data['title']}\n{form.cleaned_data['text']}"
        offer = private_offer(request, form.cleaned_data["topic"], said)
        if not (found or offer):
            return _ask(request, form, sheet, private)
        form.stop_suggesting()
    private |= _carried(request)
    context = {"sheet": sheet, "found": found, "seen": bool(found) or "seen" in request.POST, "offer": offer, **private}
    return show_form(request, "forum/question_ask.html", form, **context)


def _ask(request: SignedInRequest, form: AskForm, sheet: Sheet, private: dict[str, Any]) -> HttpResponse:
    try:
        question = _ask_once(request, form.said, sheet)
    except TooMuch as limit:
        shown = {"sheet": sheet, "seen": "seen" in request.POST, **private, **_carried(request)}
        return ask_for_patience(request, "forum/question_ask.html", form, limit, **shown)
    _say_when(request, question)
    put_away(request, sheet)
    return redirect(question)


@require_safe
def question_similar(request: SiteRequest) -> HttpResponse:
    """A fragment for the ask page: what is like this title, or nothing."""
    title = request.GET.get("title", "").replace("\0", "")[:TITLE_MAX]
    return render(request, "forum/question_similar.html", {"found": similar(title, user=request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
@sign_in_required
def question_edit(request: SignedInRequest, public_id: str) -> HttpResponse:
    visible = Question.objects.visible_to(request.user).select_related("topic")
    question = get_object_or_404(visible, public_id=public_id)
    if not can_edit(request.user, question):
        return refuse(request, _not_any_more())
    initial = {
        "title": question.title,
        "topic": question.topic.slug,
        "text": question.text,
        "unnamed": question.is_unnamed,
    }
    if wants_privacy(request):
        return carry_over(question=question)
    sheet = sheet_for(request, "question_edit", public_id, version=version_of(question))
    form = form_for(request, QuestionEditForm, initial=initial, sheet=sheet, author=request.user, question=question)
    if form.is_valid():
        said = f"{form.cleaned_data['title']}\n{form.cleaned_data['text']}"
        if offer := private_offer(request, form.cleaned_data["topic"], said, before=question.words):
            return show_form(request, "forum/question_edit.html", form, sheet=sheet, question=question, offer=offer)
        typed = {**form.cleaned_data, "version": sheet.version}
        change = partial(edit_question, question=question, editor=request.user, **typed)
        try:
            once_changed(author=request.user, post=question, change=change, sent=sheet.sent)
        except PostRemoved:
            return refuse(request, _not_any_more())
        except Overtaken:
            return show_both(request, "forum/question_edit.html", form, question, sheet, question=question)
        put_away(request, sheet)
        thank_for_change(request, question, _("Your question is saved as you see it here."))
        return redirect(question)
    return show_form(request, "forum/question_edit.html", form, sheet=sheet, question=question)


def _not_any_more() -> str:
    return _("Only the author can change a question, and not after it was removed.")


def _ask_once(request: SignedInRequest, typed: dict[str, Any], sheet: Sheet) -> Question:
    same = Question.objects.visible_to(request.user).filter(title=typed["title"], text=typed["text"])
    carried = _carried(request)
    shown = found_by([*carried["shown"], *carried["read"]], request.user)
    write = partial(ask, author=request.user, shown=shown, read=carried["read"], **typed)
    return once(author=request.user, kind="question", same=same, write=write, sent=sheet.sent)


def _wished(request: SignedInRequest) -> dict[str, Any]:
    """What the link to this page already knows."""
    return {
        "title": request.GET.get("title", "")[:TITLE_MAX],
        "topic": request.GET.get("topic", ""),
        "language": written_language(request.LANGUAGE_CODE),
    }


def _carried(request: SignedInRequest) -> dict[str, list[str]]:
    """What the form has shown so far, and what of it was read, as it says itself."""
    return {name: keys_in(request.POST.getlist(name)) for name in ("shown", "read")}


def _asked_before(request: SignedInRequest, title: str) -> list[Question | FaqEntry]:
    return [] if "seen" in request.POST else similar(title, user=request.user)


def _private_topics(request: SignedInRequest) -> dict[str, Any]:
    """The topics with a private channel, and the one among them that takes nothing else but was wished for."""
    topics = list(Topic.objects.visible_to(request.user).taking_conversations())
    wish = request.GET.get("topic")
    wished = [topic for topic in topics if wish in (topic.slug, str(topic.pk)) and not topic.takes_questions]
    both = [topic for topic in topics if topic.takes_questions]
    return {"private_topics": topics, "only_private": wished[0] if wished else None, "both": both}


def _posted_topic(request: SignedInRequest) -> Topic | None:
    slug = str(request.POST.get("topic", "")).replace("\0", "")
    return Topic.objects.visible_to(request.user).taking_questions().filter(slug=slug).first()


def _say_when(request: SignedInRequest, question: Question) -> None:
    if question.is_held:
        messages.info(request, _("Thank you. We look at your question before it is published."))
    elif question.promised_at:
        sentence = _("Your question is published. You will have an answer by {by}.")
        messages.success(request, format_html(sentence, by=due(question.promised_at)))
