"""Take personal data off a page: for the whole team, since it can not wait for a moderator."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from forum.models import FaqEntry
from forum.permissions import can_redact, is_staff
from forum.requests import SignedInRequest
from forum.views.writing import form_for, show_form
from moderation.actions.decisions import TextChanged
from moderation.actions.redactions import redact
from moderation.redaction_form import RedactionForm
from moderation.targets import AnyPost, title_of, visible_target, writer_of


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("words", "more")
@cache_control(no_store=True, private=True)
def post_redact(request: SignedInRequest, kind: str, target_id: str) -> HttpResponse:
    """Words or the whole text; what the asker had written is carried into a private room.

    For everybody but the team there is no such page.
    """
    if not is_staff(request.user):
        raise Http404
    target = _target(request, kind, target_id)
    if not can_redact(request.user, target):
        raise PermissionDenied
    form = form_for(request, RedactionForm, target=target)
    if not form.is_valid():
        return _page(request, form, target)
    said = form.cleaned_data
    try:
        room = redact(post=target, by=request.user, words=form.gone, whole=said["whole"], read=said["read"])
    except TextChanged:
        target = _target(request, kind, target_id)
        form = RedactionForm(target=target)
        messages.warning(request, _("The text was changed meanwhile. Please look at it once more."))
        return _page(request, form, target, status=409)
    messages.success(request, _("It is gone, everywhere. The log says that, and not what it was."))
    if room:
        messages.info(request, _("The asker finds what was removed in a private conversation with us."))
    target.refresh_from_db()
    return redirect(target)


def _page(request: SignedInRequest, form: RedactionForm, target: AnyPost, status: int | None = None) -> HttpResponse:
    shown = {"target": target, "title": title_of(target), "writer": writer_of(target, request.user)}
    return show_form(request, "moderation/post_redact.html", form, status=status, **shown)


def _target(request: SignedInRequest, kind: str, target_id: str) -> AnyPost:
    target = visible_target(kind, target_id, request.user)
    if target is None or isinstance(target, FaqEntry):
        raise Http404
    return target
