"""The notices that wait, and what became of the others. For moderators."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from forum.paging import queue_page
from forum.requests import SignedInRequest
from forum.views.writing import form_for, show_form
from moderation.actions.decisions import (
    AlreadyDecided,
    TextChanged,
    TooClose,
    hide,
    keep,
    remove_message,
    restore_message,
)
from moderation.forms import DecisionForm
from moderation.models import Notice, Verb
from moderation.parties import stands_aside_as
from moderation.permissions import moderators_only, reason_to_stand_aside
from moderation.targets import Target, is_away, is_removed_message, title_of, version_of, visible_target, writer_of


@require_safe
@moderators_only
def notice_list(request: SignedInRequest) -> HttpResponse:
    """Open ones first and all of them: nothing is stepped over. Decided ones page by page."""
    decided = Notice.objects.decided().select_related("decision")
    page = queue_page(decided, by="created_at", after=request.GET.get("after", ""), newest_first=True)
    waiting = Notice.objects.open() if page.is_first else Notice.objects.none()
    return render(request, "moderation/notice_list.html", {"notices": waiting, "page": page})


@moderators_only
def notice_detail(request: SignedInRequest, public_id: str) -> HttpResponse:
    notices = Notice.objects.select_related("decision", "reporter", "disclosure")
    notice = get_object_or_404(notices, public_id=public_id)
    target = visible_target(notice.target_kind, notice.target_id, request.user)
    read = version_of(target) if target else ""
    form = form_for(request, DecisionForm, verbs=_verbs(target, notice), read=read, initial={"rule": notice.rule})
    if request.method == "POST" and notice.is_decided:
        return _conflict(request, notice)
    aside = _aside(request, notice)
    if request.method == "POST" and aside:
        raise PermissionDenied(aside)
    if form.is_valid():
        try:
            return _decide(request, notice, target, form.cleaned_data)
        except TextChanged:
            target = visible_target(notice.target_kind, notice.target_id, request.user)
            form.read_again(version_of(target) if target else "")
    shown: dict[str, Any] = {"notice": notice, "target": target, "others": _others(notice), "aside": aside}
    if target:
        writer = writer_of(target, request.user)
        shown |= {"title": title_of(target), "writer": writer, "is_away": is_away(target)}
    elif notice.is_decided and hasattr(notice, "disclosure"):
        shown["is_removed"] = is_removed_message(notice.target_kind, notice.target_id)
    status = 409 if form.non_field_errors() else None
    return show_form(request, "moderation/notice_detail.html", form, status=status, **shown)


@moderators_only
def notice_restore(request: SignedInRequest, public_id: str) -> HttpResponse:
    """A private message that was removed is shown again; as long as there is the copy that says what it is about."""
    notices = Notice.objects.decided().select_related("decision", "disclosure")
    notice = get_object_or_404(notices.exclude(disclosure=None), public_id=public_id)
    if not is_removed_message(notice.target_kind, notice.target_id):
        return _conflict(request, notice)
    aside = reason_to_stand_aside(stands_aside_as(request.user, author_id=notice.target_author_id, notices=()))
    if request.method == "POST" and aside:
        raise PermissionDenied(aside)
    form = form_for(request, DecisionForm, verbs={Verb.RESTORE.value: _("Show it again")})
    if not form.is_valid():
        return show_form(request, "moderation/notice_restore.html", form, notice=notice, aside=aside)
    try:
        restore_message(notice=notice, by=request.user, reason=form.cleaned_data["reason"])
    except AlreadyDecided:
        return _conflict(request, notice)
    except TooClose as error:
        raise PermissionDenied(reason_to_stand_aside(error.party)) from error
    messages.success(request, _("Decided. Those concerned get an e-mail with your reason."))
    return redirect(notice)


def _verbs(target: Target | None, notice: Notice) -> dict[str, Any]:
    """What the author deleted meanwhile can not be removed once more."""
    verbs = {Verb.HIDE.value: _("Remove it"), Verb.KEEP.value: _("Leave it as it is")}
    return verbs if target or notice.is_private else {Verb.KEEP.value: verbs[Verb.KEEP]}


def _aside(request: SignedInRequest, notice: Notice) -> str:
    about = Notice.objects.open().about(notice.target_kind, notice.target_id)
    party = stands_aside_as(request.user, author_id=notice.target_author_id, notices=about)
    return reason_to_stand_aside(party)


def _others(notice: Notice) -> int:
    same = Notice.objects.open().about(notice.target_kind, notice.target_id)
    return same.exclude(pk=notice.pk).count()


def _decide(request: SignedInRequest, notice: Notice, target: Target | None, said: dict[str, Any]) -> HttpResponse:
    """Raises TextChanged."""
    why: dict[str, Any] = {"by": request.user, "reason": said["reason"], "read": said["read"]}
    try:
        if said["verb"] == Verb.HIDE and notice.is_private:
            remove_message(notice=notice, by=request.user, rule=said["rule"], reason=said["reason"])
        elif said["verb"] == Verb.HIDE and target:
            hide(target=target, rule=said["rule"], notice=notice, **why)
        else:
            keep(notice=notice, **why)
    except TooClose as error:
        raise PermissionDenied(reason_to_stand_aside(error.party)) from error
    except AlreadyDecided:
        return _conflict(request, notice)
    messages.success(request, _("Decided. Those concerned get an e-mail with your reason."))
    return redirect("moderation:notice_list")


def _conflict(request: SignedInRequest, notice: Notice) -> HttpResponse:
    return render(request, "moderation/conflict.html", {"notice": notice}, status=409)
