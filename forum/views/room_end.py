"""After a private conversation: keep it longer, delete it at once, and say whether it helped."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST

from forum.actions.rooms import delete_at_once, keep_longer, rate
from forum.models import Conversation, Satisfaction
from forum.permissions import is_customer
from forum.ratings import conversation_behind
from forum.requests import SignedInRequest, SiteRequest
from forum.views.conversation_gate import visible
from forum.views.private_room import private_room
from forum.views.receipt_cookie import show_out


@require_POST
@private_room
def conversation_extend(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    conversation = _own(request, uuid)
    if keep_longer(conversation=conversation):
        messages.success(request, _("It is kept longer."))
    else:
        messages.info(request, _("It is kept as long as it can be."))
    return redirect(conversation)


@require_http_methods(["GET", "HEAD", "POST"])
@private_room
def conversation_delete(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """The second step of deleting: what goes, and a button. Also for who is suspended, and without the key."""
    conversation = _own(request, uuid)
    if request.method != "POST":
        context = {"conversation": conversation, "backup_days": settings.BACKUP_DAYS}
        return render(request, "forum/conversation_delete.html", context)
    if delete_at_once(conversation=conversation):
        messages.success(request, _("The conversation is deleted."))
        return _out(request)
    messages.info(request, _("The law makes us keep it for now. It is deleted as soon as that ends."))
    return redirect(conversation)


def _out(request: SiteRequest) -> HttpResponse:
    """To one's other conversations. Who has no account has none, and a cookie that opens nothing any more."""
    if request.user.is_authenticated:
        return redirect("forum:conversation_list")
    response = redirect("forum:receipt")
    show_out(response)
    return response


def _own(request: SignedInRequest, uuid: UUID) -> Conversation:
    """Raises PermissionDenied for the staff: how long it is kept, and whether, is the customer's."""
    conversation = visible(request, uuid)
    if not is_customer(request.user, conversation):
        raise PermissionDenied
    return conversation


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(no_store=True, private=True)
def conversation_rate(request: HttpRequest, token: str) -> HttpResponse:
    """Whether it helped, from the letter and without signing in. Looking counts nothing; a button does."""
    conversation = conversation_behind(token)
    if conversation is None:
        raise Http404
    chosen = request.POST.get("answer", "")
    if request.method == "POST" and chosen in Satisfaction.Answer.values:
        rate(conversation=conversation, answer=chosen)
        # Who was asked in the room goes on there, through its own gate.
        return redirect(conversation if "back" in request.POST else request.path)
    state = "over" if not conversation.is_closed else "done" if conversation.is_rated else "open"
    context = {"state": state, "answers": Satisfaction.Answer.choices, "token": token}
    return render(request, "forum/conversation_rate.html", context, status=422 if request.method == "POST" else 200)
