"""How our pages answer where allauth's would differ from the rest of the house."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic.edit import FormView

from accounts.letter_limits import ENOUGH, may_write_to, seconds_to_next, when_next

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


class WaitsForCode(_View):
    """Of a letter of this kind in settings.ACCOUNT_RATE_LIMITS, which is asked for on that page."""

    letter = ""
    starts_again_at = "account_login"


class EndsAfterWrongCodes(WaitsForCode):
    """The last wrong code says how long it takes until there is another letter, and leads to where it is asked for."""

    def form_invalid(self, form: Form) -> HttpResponse:
        process = self._process  # type: ignore[attr-defined]
        if process.state["failed_attempts"] + 1 < process.max_attempts:
            return super().form_invalid(form)
        process.record_invalid_attempt()
        over = _("Too many wrong codes: the one from our e-mail works no more.")
        wait = seconds_to_next(self.request, self.letter, process.state["email"])
        messages.error(self.request, f"{over} {when_next(wait)}")
        return redirect(self.passthrough_next_url(reverse(self.starts_again_at)))  # type: ignore[attr-defined]


class CountsLetters(WaitsForCode):
    """The same letter once more is one more letter."""

    def _resend_form_valid(self, form: Form) -> HttpResponse:
        process = self._process  # type: ignore[attr-defined]
        if may_write_to(self.request, self.letter, process.state["email"]):
            response: HttpResponse = super()._resend_form_valid(form)  # type: ignore[misc]
            return response
        messages.error(self.request, ENOUGH)
        return redirect(self.request.get_full_path())


class SaysWhenTooLate(WaitsForCode):
    """A code that ran out is said to have run out; otherwise one would stand before the sign-in page and wonder."""

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
