"""The preview: the same text, through the same renderer, as it will be published."""

from __future__ import annotations

from contextlib import nullcontext

from django import forms
from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.limits import within_limit
from forum.forms.fields import TextField
from forum.markdown import render
from forum.requests import SignedInRequest
from forum.tone import objection
from forum.views.drafts import keep_along
from forum.views.rescue import sign_in_required


class PreviewForm(forms.Form):
    text = TextField(required=False)


@require_POST
@sign_in_required
def preview(request: SignedInRequest) -> HttpResponse:
    """A fragment, byte for byte what the published page holds; 422 with a sentence for what can not be published.

    For the team the header `Tone` tells what does not fit the company's form of address: sie, du or mixed.
    A draft that came along is saved, and the header `Draft` says its new version; it is missing where it was not.
    """
    brings_draft = "draft_purpose" in request.POST
    # One commit for the count and the draft: on a disk it costs more than all else here.
    with transaction.atomic() if brings_draft else nullcontext():
        is_within = within_limit(request, "preview")
        version = keep_along(request) if brings_draft and is_within else None
    rest = _("The preview needs a short rest. Your text is safe.")
    response = _preview(request) if is_within else _sentence(rest, 429)
    if version is not None:
        response["Draft"] = str(version)
    return response


def _preview(request: SignedInRequest) -> HttpResponse:
    form = PreviewForm(request.POST)
    if not form.is_valid():
        return _sentence(" ".join(str(error) for error in form.errors["text"]), 422)
    text = form.cleaned_data["text"]
    response = HttpResponse(render(text))
    if request.user.is_staff and (tone := objection(text, request.company.tone)):
        response["Tone"] = tone
    return response


def _sentence(words: str, status: int) -> HttpResponse:
    return HttpResponse(words, status=status, content_type="text/plain; charset=utf-8")
