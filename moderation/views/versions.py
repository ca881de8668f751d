"""Hide one former version of a post, and show it again. For moderators."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from forum.diff import as_written
from forum.models import FaqEntry, Revision
from forum.requests import SignedInRequest
from forum.views.writing import form_for, show_form
from moderation.actions.decisions import AlreadyDecided, TooClose
from moderation.actions.versions import StillSaid, hide_one, restore_one
from moderation.forms import DecisionForm
from moderation.models import Verb
from moderation.permissions import moderators_only, reason_to_stand_aside
from moderation.targets import AnyPost, history_of, title_of, version_in, visible_target


@moderators_only
def version_hide(request: SignedInRequest, kind: str, target_id: str, number: int) -> HttpResponse:
    post, version = _version(request, kind, target_id, number)
    shown = {"heading": _("Remove this version"), "back": history_of(post)}
    return _decision_page(request, post, version, {Verb.HIDE_VERSION.value: _("Remove it")}, **shown)


@moderators_only
def version_restore(request: SignedInRequest, kind: str, target_id: str, number: int) -> HttpResponse:
    post, version = _version(request, kind, target_id, number)
    shown = {"heading": _("Show this version again"), "back": history_of(post)}
    return _decision_page(request, post, version, {Verb.RESTORE_VERSION.value: _("Show it again")}, **shown)


def _version(request: SignedInRequest, kind: str, target_id: str, number: int) -> tuple[AnyPost, Revision]:
    post = visible_target(kind, target_id, request.user)
    if post is None or isinstance(post, FaqEntry):
        raise Http404
    version = version_in(post, number, request.user)
    if version is None:
        raise Http404
    return post, version


def _decision_page(
    request: SignedInRequest, post: AnyPost, version: Revision, verbs: dict[str, Any], **shown: Any
) -> HttpResponse:
    hides = Verb.HIDE_VERSION in verbs
    if version.is_hidden == hides:
        return render(request, "moderation/conflict.html", {"target": post}, status=409)
    form = form_for(request, DecisionForm, verbs=verbs)
    if form.is_valid():
        said: dict[str, Any] = {"by": request.user, "reason": form.cleaned_data["reason"]}
        try:
            if hides:
                hide_one(post=post, number=version.number, rule=form.cleaned_data["rule"], **said)
            else:
                restore_one(post=post, number=version.number, **said)
        except AlreadyDecided:
            return render(request, "moderation/conflict.html", {"target": post}, status=409)
        except TooClose as error:
            raise PermissionDenied(reason_to_stand_aside(error.party)) from error
        except StillSaid as error:
            raise PermissionDenied(
                _("This is what stands there today. Remove the whole text, or let its author change it.")
            ) from error
        messages.success(request, _("Decided. Those concerned get an e-mail with your reason."))
        return redirect(shown["back"])
    lines: dict[str, Any] = {"title_lines": as_written(version.title), "text_lines": as_written(version.text)}
    return show_form(request, "moderation/version.html", form, version=version, title=title_of(post), **lines, **shown)
