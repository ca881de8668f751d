"""How our pages answer where allauth's would differ from the rest of the house."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.generic.edit import FormView

if TYPE_CHECKING:
    _View = FormView[Form]
else:
    _View = object


class Unprocessable(_View):
    """What can not be taken comes back as 422 with the reasons, like every form of the site."""

    def form_invalid(self, form: Form) -> HttpResponse:
        response = super().form_invalid(form)
        if response.status_code == 200:
            response.status_code = 422
        return response


class SaysWhenTooLate(_View):
    """A code that ran out is said to have run out; otherwise one would stand before the sign-in page and wonder."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().dispatch(request, *args, **kwargs)
        if getattr(self, "_process", self) is None:
            messages.error(
                request, _("No code is waiting any more; each works for ten minutes. Please ask for a new one.")
            )
        return response
