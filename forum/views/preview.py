"""The preview: the same text, through the same renderer, as it will be published."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from forum.forms.fields import TextField
from forum.markdown import render
from forum.requests import SignedInRequest
from forum.views.rescue import sign_in_required


class PreviewForm(forms.Form):
    text = TextField(required=False)


@require_POST
@sign_in_required
def preview(request: SignedInRequest) -> HttpResponse:
    """A fragment, byte for byte what the published page holds; 422 with a sentence for what can not be published."""
    form = PreviewForm(request.POST)
    if not form.is_valid():
        return HttpResponse(
            " ".join(str(error) for error in form.errors["text"]), status=422, content_type="text/plain; charset=utf-8"
        )
    return HttpResponse(render(form.cleaned_data["text"]))
