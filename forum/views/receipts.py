"""Write in private without an account, and come back with a code."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from accounts.limits import require_limits, within_limit
from forum import receipt_code
from forum.actions.receipts import attach, open_by_receipt, set_ping
from forum.actions.sending import made_before, send_once
from forum.forms.receipts import NewReceiptForm, PingForm, ReceiptForm
from forum.middleware import written_language
from forum.models import Conversation, Question, Receipt, Topic
from forum.permissions import can_write
from forum.receipt_holder import ReceiptHolder
from forum.requests import SignedInRequest, SiteRequest
from forum.site import absolute_url
from forum.views.first_files import FirstFiles
from forum.views.private_room import private_room, unkept
from forum.views.receipt_cookie import let_in, receipt_of, show_out
from forum.views.rescue import hand_back, refuse, sign_in_required
from forum.views.sheet import Sheet, sheet_for
from forum.views.writing import form_for, show_form

TOO_OFTEN = 429


def receipt_new(request: SiteRequest, topic: Topic | None, question: Question | None) -> HttpResponse:
    """The page /private/new/ for visitors (forum.views.conversations)."""
    if request.method == "POST" and "without_account" not in request.POST:
        return hand_back(request, _("You are not signed in any more."), status=401)
    sheet = sheet_for(request, "receipt_new")
    form = form_for(request, NewReceiptForm, initial={"topic": topic}, sheet=sheet, company=request.company.name)
    wanted_in_vain = bool(request.GET.get("topic")) and topic is None
    shown: dict[str, Any] = {"sheet": sheet, "topic": topic, "question": question, "wanted_in_vain": wanted_in_vain}
    files = shown["files"] = FirstFiles(request)
    if not form.is_valid():
        return show_form(request, "forum/conversation_new.html", form, **shown)
    if form.is_by_a_program:
        return redirect("forum:receipt")
    require_limits()
    # A double click counts once, and brings nothing that is not there already.
    repeats = _repeats(sheet)
    if not repeats and not files.are_fine():
        return show_form(request, "forum/conversation_new.html", form, status=422, **shown)
    if not repeats and not within_limit(request, "receipt_new"):
        form.add_error(None, _too_many())
        return show_form(request, "forum/conversation_new.html", form, status=TOO_OFTEN, **shown)
    return _show_once(request, form, sheet, question, files)


def _too_many() -> str:
    return _(
        "From your network several people have just written without an account. Please try again in an hour, or sign "
        "in. Nothing you typed is lost."
    )


def _repeats(sheet: Sheet) -> bool:
    """Whether this form has opened a room already."""
    return made_before(sheet.sent, Receipt) is not None


@sensitive_variables()
def _show_once(
    request: SiteRequest, form: NewReceiptForm, sheet: Sheet, question: Question | None, files: FirstFiles
) -> HttpResponse:
    """The only page on which the code ever stands. It is the answer to the form itself, so no address leads to it."""
    code = receipt_code.draw(sheet.sent.key, request.META.get("CSRF_COOKIE") or "")
    language = written_language(request.LANGUAGE_CODE)
    opened: list[Receipt] = []

    def write() -> Receipt:
        opened.append(open_by_receipt(code=code, origin_question=question, language=language, **form.said))
        return opened[-1]

    receipt = send_once(sheet.sent, Receipt, write)
    if receipt in opened:
        files.put_into(receipt.conversation, None)
    if not receipt.is_of(code) or receipt.is_seen:
        messages.info(request, _("This message was sent already. Please enter the code that you were shown then."))
        return redirect("forum:receipt")
    address = absolute_url(reverse("forum:receipt")).partition("://")[2]
    shown = {"code": receipt_code.grouped(code), "conversation": receipt.conversation, "receipt_address": address}
    response = render(request, "forum/receipt_new.html", shown)
    let_in(response, receipt)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@unkept
def receipt(request: SiteRequest) -> HttpResponse:
    """Come back: the code opens the room for this browser session."""
    form = ReceiptForm(request.POST if request.method == "POST" else None)
    found = _found(request, form)
    if found is None:
        return _ask_for_code(request, "forum/receipt.html", form)
    response = redirect(found.conversation)
    let_in(response, found)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@unkept
@sign_in_required
def receipt_attach(request: SignedInRequest) -> HttpResponse:
    """Take the room over into one's account: who is signed in shows with the code that the room is theirs too."""
    if not can_write(request.user):
        return refuse(request, _("You can not write at the moment."))
    form = ReceiptForm(request.POST if request.method == "POST" else None)
    found = _found(request, form)
    if found is None:
        return _ask_for_code(request, "forum/receipt_attach.html", form)
    conversation = attach(receipt=found, user=request.user)
    messages.success(request, _("The conversation now belongs to your account. The code is of no use any more."))
    response = redirect(conversation)
    show_out(response)
    return response


@require_POST
@unkept
def receipt_leave(request: SiteRequest) -> HttpResponse:
    """Ends the visit on every device: whoever sits down here next finds a locked door."""
    if left := receipt_of(request):
        left.shut()
        messages.success(request, _("You have left the room. Only with the code does anybody get in again."))
    response = redirect("forum:receipt")
    show_out(response)
    return response


@require_POST
@private_room
def conversation_ping(request: SiteRequest, uuid: UUID) -> HttpResponse:
    """Who has no account says where to be told of an answer, or that nobody should."""
    conversation = get_object_or_404(Conversation.objects.visible_to(request.user), pk=uuid)
    if not isinstance(request.user, ReceiptHolder):
        return refuse(request, _("Who has an account is written to at its address."))
    form = PingForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("This is no e-mail address. Nothing was changed."))
        return redirect(conversation)
    email = form.cleaned_data["email"]
    set_ping(conversation=conversation, email=email, language=written_language(request.LANGUAGE_CODE))
    said = _("We write to you when there is an answer.") if email else _("The address is deleted.")
    messages.success(request, said)
    return redirect(conversation)


@sensitive_variables()
def _found(request: SiteRequest, form: ReceiptForm) -> Receipt | None:
    """The receipt of the code in the form. A code that nobody has and one of another room are answered alike."""
    if not form.is_valid():
        return None
    require_limits()
    if not _may_try(request):
        form.refuse(_("There were many tries in a short time. Please wait a minute, then it goes on."))
        return None
    found = Receipt.objects.opened_with(form.cleaned_data["code"])
    if found is None:
        form.refuse(_("This code opens nothing. Maybe the conversation was deleted, or belongs to an account now."))
    return found


def _may_try(request: SiteRequest) -> bool:
    """Each network has a few tries a minute, and one while very many are tried from everywhere.

    So nobody can try many, and nobody can keep the others out for longer than a minute.
    """
    if not within_limit(request, "receipt_try"):
        return False
    is_calm = within_limit(request, "receipt_try_everywhere", key="everybody")
    return is_calm or within_limit(request, "receipt_try_slowly")


def _ask_for_code(request: SiteRequest, template: str, form: ReceiptForm) -> HttpResponse:
    return render(request, template, {"form": form}, status=422 if form.errors else 200)
