"""Saved replies: the drawer on the Desk, and what comes out of it into an answer."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from forum.actions.replies import save_reply, version_of_reply
from forum.actions.revisions import Overtaken
from forum.forms.desk import SavedReplyForm
from forum.models import SavedReply
from forum.permissions import can_write
from forum.replies import filled
from forum.requests import SignedInRequest
from forum.views.rescue import refuse
from forum.views.sheet import sheet_for
from forum.views.staff import staff_required
from forum.views.writing import form_for, show_both, show_form


@require_safe
@staff_required
def desk_replies(request: SignedInRequest) -> HttpResponse:
    """One's own and the whole team's."""
    return render(request, "forum/desk_replies.html", {"replies": SavedReply.objects.visible_to(request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required
def reply_new(request: SignedInRequest) -> HttpResponse:
    return _edit(request, SavedReply())


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required
def reply_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    return _edit(request, get_object_or_404(SavedReply.objects.visible_to(request.user), pk=pk))


def _edit(request: SignedInRequest, reply: SavedReply) -> HttpResponse:
    if not can_write(request.user):
        return refuse(request, _("You can not write at the moment."))
    sheet = sheet_for(request, "reply_edit", reply.pk or "", version=version_of_reply(reply) if reply.pk else "")
    form = form_for(request, SavedReplyForm, instance=reply)
    if not form.is_valid():
        return show_form(request, "forum/reply_edit.html", form, reply=reply, sheet=sheet)
    try:
        save_reply(reply=form.instance, by=request.user, version=sheet.version, sent=sheet.sent)
    except Overtaken:
        stored = SavedReply.objects.visible_to(request.user).filter(pk=reply.pk).first()
        if stored is None:  # a colleague has made it their own
            raise Http404 from None
        version = version_of_reply(stored)
        return show_both(request, "forum/reply_edit.html", form, stored, sheet, version=version, reply=stored)
    messages.success(request, _("The reply is saved."))
    return redirect("forum:desk_replies")


@require_POST
@staff_required
def reply_delete(request: SignedInRequest, pk: int) -> HttpResponse:
    get_object_or_404(SavedReply.objects.visible_to(request.user), pk=pk).delete()
    messages.success(request, _("The reply is deleted."))
    return redirect("forum:desk_replies")


@require_safe
@staff_required
def reply_text(request: SignedInRequest) -> JsonResponse:
    """For the editor: with `reply` its text, filled for the question or conversation in `about`; else all titles."""
    replies = SavedReply.objects.visible_to(request.user)
    if "reply" not in request.GET:
        return JsonResponse({"replies": list(replies.values("pk", "title"))})
    key = request.GET["reply"]
    reply = get_object_or_404(replies, pk=int(key) if key.isascii() and key.isdecimal() and len(key) < 19 else 0)
    text = filled(reply.text, writer=request.user, about=request.GET.get("about", ""), company=request.company)
    return JsonResponse({"text": text})
