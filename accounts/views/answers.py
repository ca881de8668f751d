"""How our pages answer where allauth's would differ from the rest of the house."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic.edit import FormView

from accounts.letter_limits import ENOUGH, may_write_to

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


class CountsLetters(_View):
    """The same letter once more is one more letter."""

    letter = ""

    def _resend_form_valid(self, form: Form) -> HttpResponse:
        process = self._process  # type: ignore[attr-defined]
        if may_write_to(self.request, self.letter, process.state["email"]):
            response: HttpResponse = super()._resend_form_valid(form)  # type: ignore[misc]
            return response
        messages.error(self.request, ENOUGH)
        return redirect(self.request.get_full_path())


class SaysWhenTooLate(_View):
    """A code that ran out is said to have run out; otherwise one would stand before the sign-in page and wonder."""

    starts_again_at = "account_login"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().dispatch(request, *args, **kwargs)
        if getattr(self, "_process", self) is None:
            self._say_so()
        return response

    def form_valid(self, form: Form) -> HttpResponse:
        """A code from before the address or the password was changed opens nothing."""
        process = self._process  # type: ignore[attr-defined]
        void_before = getattr(process.user, "codes_void_before", None)
        if void_before is None or process.state["at"] >= void_before.timestamp():
            return super().form_valid(form)
        process.abort()
        self._say_so()
        return redirect(self.starts_again_at)

    def _say_so(self) -> None:
        waits_no_more = _("No code is waiting any more; each works for ten minutes. Please ask for a new one.")
        messages.error(self.request, waits_no_more)
