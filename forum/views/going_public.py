"""From a private conversation to a public text: the team offers, the customer decides and may take it back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from forum.actions.conversations import read_conversation
from forum.actions.going_public import (
    OfferOver,
    OfferOvertaken,
    decline_publication,
    needs_a_look,
    offer,
    publish,
    return_draft,
    withdraw_publication,
)
from forum.forms.doors import DecisionForm, OfferForm, WordsForm
from forum.middleware import written_language
from forum.models import Conversation, Message, PublicConsent, PublicDraft, PublicKind, PublicWords
from forum.permissions import can_take_part, is_customer, is_serving
from forum.redaction import pieces
from forum.requests import SignedInRequest
from forum.views.conversation_gate import visible
from forum.views.private_room import private_room
from forum.views.rescue import refuse
from forum.views.writing import show_form

_unreported = sensitive_post_parameters("title", "text", "answer", "version")


@require_http_methods(["GET", "HEAD", "POST"])
@private_room
@_unreported
def conversation_offer(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """The team's draft, beside the conversation it is made of."""
    conversation = _visible(request, uuid)
    if not is_serving(request.user, conversation):
        raise PermissionDenied(_("Only the team can do this."))
    if not can_take_part(request.user, conversation):
        return refuse(request, _("You can not write at the moment."))
    draft = _draft(request, conversation)
    if draft and not draft.is_undecided:
        status = 409 if request.method == "POST" else 200
        return _over(request, conversation, draft, status, serving=True)
    said = _said(request, conversation)
    initial = _initial(draft, said)
    form = OfferForm(request.POST if request.method == "POST" else None, conversation=conversation, initial=initial)
    shown: dict[str, Any] = {"conversation": conversation, "draft": draft, "said": said, "serving": True}
    if not form.is_bound or not form.is_valid():
        response = show_form(request, "forum/conversation_offer.html", form, marked=_marked(form, initial), **shown)
    else:
        response = _offer(request, conversation, form, shown)
    read_conversation(conversation=conversation, reader=request.user, last_opened_at=conversation.last_opened_at)
    return response


def _offer(
    request: SignedInRequest, conversation: Conversation, form: OfferForm, shown: dict[str, Any]
) -> HttpResponse:
    typed = form.cleaned_data
    language = written_language(get_language() or "en")
    made = {"kind": typed["kind"], "language": language, "words": form.words, "version": typed["version"]}
    try:
        offer(conversation=conversation, by=request.user, **made)
    except OfferOver:
        return _over(request, conversation, _draft(request, conversation), 409, serving=True)
    except OfferOvertaken:
        shown["draft"] = stored = _draft(request, conversation)
        form.add_error(None, _("Somebody has changed this meanwhile. Their text stands below; yours is in the form."))
        form.data = request.POST.dict() | {"version": stored.version if stored else 0}
        return show_form(
            request, "forum/conversation_offer.html", form, status=409, overtaken=stored, marked=[], **shown
        )
    messages.success(request, _("The customer is asked. Nothing is published before they say yes."))
    return redirect(conversation)


@require_http_methods(["GET", "HEAD", "POST"])
@private_room
@_unreported
def conversation_public(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """The customer's page: what would be published, beside what was said, and the decision."""
    conversation = _visible(request, uuid)
    if not is_customer(request.user, conversation):
        raise PermissionDenied(_("Only the customer can decide this."))
    draft = _draft(request, conversation)
    if draft is None:
        raise Http404
    if request.method == "POST" and not can_take_part(request.user, conversation):
        return refuse(request, _("You can not write at the moment."))
    if request.method == "POST":
        return _decide(request, conversation, draft)
    if not draft.awaits_customer:
        return _over(request, conversation, draft, 200)
    return _show_draft(request, conversation, draft, _decision_form(draft))


def _decide(request: SignedInRequest, conversation: Conversation, draft: PublicDraft) -> HttpResponse:
    form = DecisionForm(request.POST, draft=draft)
    try:
        if form.is_no:
            decline_publication(draft=draft)
            messages.success(request, _("It stays private. We shall not ask again."))
            return redirect(conversation)
        if draft.published_at:
            # The same click once more.
            return redirect("forum:conversation_public", conversation.pk)
        if not draft.awaits_customer:
            raise OfferOver
        if not form.is_valid():
            return _show_draft(request, conversation, draft, form, status=422)
        return _send(request, conversation, draft, form)
    except OfferOver:
        return _over(request, conversation, _draft(request, conversation), 409)
    except OfferOvertaken:
        fresh = _draft(request, conversation)
        if fresh is None or not fresh.awaits_customer:
            return _over(request, conversation, fresh, 409)
        return _show_draft(request, conversation, fresh, _decision_form(fresh), status=409, is_overtaken=True)


def _send(request: SignedInRequest, conversation: Conversation, draft: PublicDraft, form: DecisionForm) -> HttpResponse:
    version = form.cleaned_data["version"]
    if needs_a_look(draft, form.words):
        return_draft(draft=draft, words=form.words, version=version)
        messages.success(request, _("Thank you. We look at your changes and show you the text once more."))
        return redirect(conversation)
    consent = publish(draft=draft, words=form.words, version=version, under=form.cleaned_data["under"])
    if consent.question and consent.question.is_held:
        messages.info(request, _("Thank you. We look at it before everybody can read it."))
    else:
        messages.success(request, _("Thank you. It is public now, and you can take it back here at any time."))
    return redirect("forum:conversation_public", conversation.pk)


@require_POST
@private_room
def conversation_unpublish(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """The customer takes the consent back, from inside the room."""
    conversation = _visible(request, uuid)
    if not is_customer(request.user, conversation):
        raise PermissionDenied(_("Only the customer can decide this."))
    consent = getattr(conversation, "public_consent", None)
    if consent is None:
        raise Http404
    withdraw_publication(consent=consent)
    messages.success(request, _("It is not public any more."))
    return redirect(conversation)


@require_POST
@private_room
def published_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """The same from the list of one's conversations: the room may be deleted by now."""
    withdraw_publication(consent=get_object_or_404(PublicConsent.objects.visible_to(request.user), pk=pk))
    messages.success(request, _("It is not public any more."))
    return redirect("forum:conversation_list")


def _visible(request: SignedInRequest, uuid: UUID) -> Conversation:
    return visible(request, uuid, "public_consent__question", "public_consent__entry__topic")


def _draft(request: SignedInRequest, conversation: Conversation) -> PublicDraft | None:
    drafts = PublicDraft.objects.visible_to(request.user).select_related(
        "conversation__topic", "conversation__customer"
    )
    return drafts.filter(conversation=conversation).first()


def _said(request: SignedInRequest, conversation: Conversation) -> list[Message]:
    """All that was said, oldest first, but for what a decision took off the page."""
    messages_ = Message.objects.visible_to(request.user).standing().filter(conversation=conversation)
    said = list(messages_.select_related("author", "staff_card"))
    for message in said:
        # Known already: its key opens the message.
        message.conversation = conversation
    return said


def _initial(draft: PublicDraft | None, said: list[Message]) -> dict[str, Any]:
    """What was offered last; for the first time what the customer asked and what we answered last."""
    if draft:
        return {
            **(draft.legible_words or PublicWords("", "", ""))._asdict(),
            "kind": draft.kind,
            "version": draft.version,
        }
    asked = next((message.legible_text for message in said if not message.is_by_staff), "")
    answered = next((message.legible_text for message in reversed(said) if message.is_by_staff), "")
    return {"text": asked or "", "answer": answered or "", "version": 0}


def _decision_form(draft: PublicDraft) -> DecisionForm:
    words = draft.legible_words or PublicWords("", "", "")
    return DecisionForm(draft=draft, initial={**words._asdict(), "version": draft.version})


def _marked(form: WordsForm, initial: dict[str, Any]) -> list[Any]:
    """The text in pieces, those that look like personal data with what they look like; nothing where none does."""
    said = form.data if form.is_bound else initial
    texts = [str(said.get(name) or "") for name in ("title", "text", "answer")]
    parts = [pieces(text, names=form.names) for text in texts if text]
    return parts if any(piece.kind for part in parts for piece in part) else []


def _show_draft(
    request: SignedInRequest,
    conversation: Conversation,
    draft: PublicDraft,
    form: DecisionForm,
    *,
    status: int = 200,
    is_overtaken: bool = False,
) -> HttpResponse:
    words = draft.legible_words or PublicWords("", "", "")
    shown = {
        "conversation": conversation,
        "draft": draft,
        "said": _said(request, conversation),
        "marked": _marked(form, words._asdict()),
        "is_overtaken": is_overtaken,
        "is_faq": draft.kind == PublicKind.FAQ,
    }
    return show_form(request, "forum/conversation_public.html", form, status=status, **shown)


def _over(
    request: SignedInRequest,
    conversation: Conversation,
    draft: PublicDraft | None,
    status: int,
    *,
    serving: bool = False,
) -> HttpResponse:
    """What became of it."""
    shown = {"conversation": conversation, "draft": draft, "serving": serving}
    shown["consent"] = getattr(conversation, "public_consent", None)
    return render(request, "forum/conversation_public_over.html", shown, status=status)
