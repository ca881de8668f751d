"""Drafts: kept while somebody writes, listed, and discarded."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from forum.actions.drafts import (
    AlreadySent,
    DraftChanged,
    DraftTooLong,
    DraftUnreadable,
    TooManyDrafts,
    discard_draft,
    save_draft,
)
from forum.actions.sending import Sent
from forum.diff import compare
from forum.models import Answer, Comment, Conversation, Draft, FaqEntry, Purpose, Question
from forum.models.draft import PURPOSES
from forum.permissions import can_write, is_staff
from forum.requests import SignedInRequest
from forum.views.conversation_gate import visible
from forum.views.rescue import labels, sign_in_required
from forum.views.room_files import fill, tray_for
from forum.views.sheet import sent_by, session_of, words_in

# Whatever can be no identifier of ours never reaches the database.
_TARGET = re.compile(r"[0-9a-z-]{0,36}", re.ASCII)


@require_safe
@sign_in_required
def draft_list(request: SignedInRequest) -> HttpResponse:
    return render(
        request,
        "forum/draft_list.html",
        {"drafts": Draft.objects.visible_to(request.user), "days": settings.DRAFT_DAYS},
    )


@require_POST
@sign_in_required
@sensitive_post_parameters("subject", "text", "title")
@cache_control(no_store=True, private=True)
def draft_save(request: SignedInRequest) -> HttpResponse:
    """Keeps what stands in a form. Answers a script with the version, and a person by leading back to the form.

    409 with both texts where another window has saved the same draft, 410 where the form was sent already.
    """
    sent = _form_on(request, leads_back=not _is_script(request))
    if said := _files_refused(request, sent):
        return _answer(request, sent, {"said": said}, status=422)
    try:
        version = save_draft(sent, words_in(request.POST), session=session_of(request))
    except DraftChanged as changed:
        return _both(request, sent, changed.draft)
    except AlreadySent:
        return _answer(request, sent, {"said": _("This was sent already.")}, status=410)
    except DraftTooLong:
        return _answer(request, sent, {"said": _("Not saved: this is too long to keep.")}, status=413)
    except DraftUnreadable:
        said = _("Not saved: the draft that is kept here can not be opened at the moment, and nothing replaces it.")
        return _answer(request, sent, {"said": said}, status=503)
    except TooManyDrafts:
        return _answer(request, sent, {"said": _("Not saved: you have too many drafts.")}, status=422)
    return _answer(request, sent, {"version": version, "said": _("Your draft is saved.")})


def _files_refused(request: SignedInRequest, sent: Sent) -> str:
    """What is chosen for a private message is kept with its draft. Answers what was wrong with it, if anything."""
    uuid = _uuid(sent.target)
    if sent.purpose != Purpose.MESSAGE or uuid is None or not request.FILES or not can_write(request.user):
        return ""
    conversation = visible(request, uuid)
    tray = tray_for(request, conversation)
    fill(tray, request, conversation)
    return " ".join(str(error) for error in tray.form.errors.get("new_files", []))


def keep_along(request: SignedInRequest) -> int | None:
    """Saves what came along with a request of the editor; the new version, or None where only `draft_save` can say why.

    The same doors and the same action as there. Call it in a transaction: what is saved is kept when that ends well.
    """
    try:
        return save_draft(_form_on(request, leads_back=False), words_in(request.POST), session=session_of(request))
    except (Http404, DraftChanged, AlreadySent, DraftTooLong, DraftUnreadable, TooManyDrafts):
        return None


@require_POST
@sign_in_required
def draft_discard(request: SignedInRequest) -> HttpResponse:
    """Back to where it was: to the list, or to the form, which is empty then."""
    sent = _form_on(request)
    discard_draft(sent)
    messages.success(request, _("The draft is discarded."))
    return redirect("forum:draft_list" if "listed" in request.POST else _address(sent))


def _form_on(request: SignedInRequest, *, leads_back: bool = True) -> Sent:
    """Raises Http404 for a form that this person can not have before them.

    Its address is looked up where the answer leads back to it, and wherever a draft begins.
    """
    purpose, target = request.POST.get("draft_purpose", ""), request.POST.get("draft_target", "")
    if purpose not in PURPOSES or not _TARGET.fullmatch(target):
        raise Http404
    sent = sent_by(request, purpose, target)
    if leads_back or not sent.draft_version:
        _address(sent)
    # Whoever has saved there before was let in then, and changes nothing but their own row.
    if not sent.draft_version and not _is_there(request, Purpose(purpose), target):
        raise Http404
    return sent


def _is_there(request: SignedInRequest, purpose: Purpose, target: str) -> bool:
    if purpose in (Purpose.ASK, Purpose.OPEN):
        is_open = not target
    elif purpose == Purpose.FAQ:
        is_open = not target and is_staff(request.user)
    else:
        is_open = _visible(request, purpose, target)
    # What was begun while one might is gone on with.
    return is_open or Draft.objects.visible_to(request.user).on(purpose, target).exists()


def _visible(request: SignedInRequest, purpose: Purpose, target: str) -> bool:
    rows: Any
    if purpose in (Purpose.EDIT_QUESTION, Purpose.ANSWER, Purpose.COMMENT):
        rows = Question.objects.visible_to(request.user).filter(public_id=target)
    elif purpose in (Purpose.EDIT_ANSWER, Purpose.COMMENT_ON_ANSWER):
        rows = Answer.objects.visible_to(request.user).filter(public_id=target)
    elif purpose == Purpose.EDIT_COMMENT:
        rows = Comment.objects.visible_to(request.user).filter(public_id=target)
    elif purpose == Purpose.EDIT_FAQ:
        number = int(target) if target.isascii() and target.isdecimal() and len(target) < 10 else 0
        rows = FaqEntry.objects.visible_to(request.user).filter(pk=number) if is_staff(request.user) else None
    else:
        uuid = _uuid(target)
        rows = Conversation.objects.visible_to(request.user).filter(pk=uuid) if uuid else None
    return rows is not None and rows.exists()


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _address(sent: Sent) -> str:
    """Raises Http404 where no page has it."""
    try:
        return reverse(f"forum:{sent.purpose}", args=[sent.target] if sent.target else [])
    except NoReverseMatch as nowhere:
        raise Http404 from nowhere


def _is_script(request: SignedInRequest) -> bool:
    return request.headers.get("Accept") == "application/json"


def _answer(request: SignedInRequest, sent: Sent, said: dict[str, Any], status: int = 200) -> HttpResponse:
    if _is_script(request):
        return JsonResponse(said, status=status)
    if status in (413, 422, 503):
        return render(request, "forum/draft_unsaved.html", {"said": said["said"], **_mine(request)}, status=status)
    (messages.success if status == 200 else messages.info)(request, said["said"])
    return redirect(_address(sent))


def _mine(request: SignedInRequest) -> dict[str, Any]:
    named = labels()
    words = words_in(request.POST)
    return {
        "texts": [(named[name], name, word) for name, word in words.items() if name in named],
        "choices": [(name, word) for name, word in words.items() if name not in named],
    }


def _both(request: SignedInRequest, sent: Sent, draft: Draft | None) -> HttpResponse:
    """The other text beside one's own, and the choice: as a fragment for the script, else as a page."""
    theirs, named = (draft.legible_words if draft else {}), labels()
    mine = words_in(request.POST)
    context = {
        "draft": draft,
        "sent": sent,
        "version": draft.version if draft else 0,
        "theirs": [(named.get(name, ""), name, word) for name, word in theirs.items()],
        "lines": compare(theirs.get("text", ""), mine.get("text", "")),
        "address": _address(sent),
        **_mine(request),
    }
    template = "forum/_draft_conflict.html" if _is_script(request) else "forum/draft_conflict.html"
    return render(request, template, context, status=409)
