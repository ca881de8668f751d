"""Hide and restore without a notice, and look through what the checks held. For moderators."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter
from typing import Any, NamedTuple

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import User
from forum.models import Answer, Comment, FaqEntry, Question
from forum.requests import SignedInRequest
from forum.views.writing import form_for, show_form
from moderation.actions.decisions import AlreadyDecided, TextChanged, TooClose, hide, release, restore
from moderation.forms import DecisionForm
from moderation.models import Notice, Verb
from moderation.parties import stands_aside_as
from moderation.permissions import moderators_only, reason_to_stand_aside
from moderation.targets import AnyPost, address_of, is_away, title_of, version_of, visible_target, writer_of


@moderators_only
def post_hide(request: SignedInRequest, kind: str, target_id: str) -> HttpResponse:
    target = _target(request, kind, target_id)
    complaints = list(Notice.objects.open().about(*address_of(target)))
    aside = _aside(request, target, complaints) if complaints else ""
    room = Room(_("Remove this"), {Verb.HIDE.value: _("Remove it")}, fits=not is_away(target), aside=aside)
    return _decision_page(request, target, room)


@moderators_only
def post_restore(request: SignedInRequest, kind: str, target_id: str) -> HttpResponse:
    target = _target(request, kind, target_id)
    verbs = {Verb.RESTORE.value: _("Show it again")}
    room = Room(_("Show this again"), verbs, fits=is_away(target), aside=_aside(request, target))
    return _decision_page(request, target, room)


@require_safe
@moderators_only
def held_list(request: SignedInRequest) -> HttpResponse:
    """Everything that waits for review, oldest first."""
    held: list[AnyPost] = [
        *Question.objects.held().select_related("author", "topic"),
        *Answer.objects.held().select_related("author", "question"),
        *Comment.objects.held().select_related("author", "question", "answer__question"),
    ]
    held.sort(key=attrgetter("held_at"))
    rows = [{"post": post, "title": title_of(post)} for post in held]
    return render(request, "moderation/held_list.html", {"rows": rows})


@moderators_only
def held_detail(request: SignedInRequest, kind: str, target_id: str) -> HttpResponse:
    target = _target(request, kind, target_id, but=FaqEntry)
    verbs = {Verb.RELEASE.value: _("Publish it"), Verb.HIDE.value: _("Remove it")}
    aside = _aside(request, target, Notice.objects.open().about(*address_of(target)))
    room = Room(_("Review this"), verbs, fits=target.held_at is not None, aside=aside, back="moderation:held_list")
    return _decision_page(request, target, room)


class Room(NamedTuple):
    """A page for one decision: what it is called, what can be decided, whether anything is left to decide, and
    why this moderator leaves it to another one, if so."""

    heading: str
    verbs: dict[str, str]
    fits: bool
    aside: str
    back: str = ""


def _aside(request: SignedInRequest, target: Any, notices: Iterable[Notice] = ()) -> str:
    party = stands_aside_as(request.user, author_id=target.author_id, notices=notices)
    return reason_to_stand_aside(party)


def _target(request: SignedInRequest, kind: str, target_id: str, but: type | None = None) -> Any:
    target = visible_target(kind, target_id, request.user)
    if target is None or (but and isinstance(target, but)):
        raise Http404
    return target


def _decision_page(request: SignedInRequest, target: Any, room: Room) -> HttpResponse:
    if not room.fits:
        return _conflict(request, target)
    if request.method == "POST" and room.aside:
        raise PermissionDenied(room.aside)
    form = form_for(request, DecisionForm, verbs=room.verbs, read=version_of(target))
    back = room.back or target.get_absolute_url()
    if form.is_valid():
        try:
            _decide(target, request.user, form.cleaned_data)
        except AlreadyDecided:
            return _conflict(request, target)
        except TooClose as error:
            raise PermissionDenied(reason_to_stand_aside(error.party)) from error
        except TextChanged:
            target = _target(request, *address_of(target))
            form.read_again(version_of(target))
        else:
            messages.success(request, _("Decided. Those concerned get an e-mail with your reason."))
            return redirect(back)
    shown = {"title": title_of(target), "writer": writer_of(target, request.user)}
    shown |= {"back": resolve_url(back), "aside": room.aside}
    status = 409 if form.non_field_errors() else None
    return show_form(
        request, "moderation/decide.html", form, status=status, target=target, heading=room.heading, **shown
    )


def _decide(target: Any, by: User, said: dict[str, Any]) -> None:
    why: dict[str, Any] = {"by": by, "reason": said["reason"], "read": said["read"]}
    if said["verb"] == Verb.HIDE:
        hide(target=target, rule=said["rule"], **why)
    elif said["verb"] == Verb.RELEASE:
        release(post=target, **why)
    else:
        restore(target=target, **why)


def _conflict(request: SignedInRequest, target: Any) -> HttpResponse:
    return render(request, "moderation/conflict.html", {"target": target}, status=409)
