"""A new password, for those who know the old one and for those who ask for a code; and a new address."""

from __future__ import annotations

from typing import Any

from allauth.account import views as allauth
from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from django.contrib import messages
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse

from accounts.letter_limits import ENOUGH, may_write_to
from accounts.views.answers import EndsAfterWrongCodes, SaysWhenTooLate, Unprocessable


class PasswordChangeView(Unprocessable, allauth.PasswordChangeView):
    def form_valid(self, form: Form) -> HttpResponse:
        with transaction.atomic():
            return super().form_valid(form)


class PasswordSetView(Unprocessable, allauth.PasswordSetView):
    def form_valid(self, form: Form) -> HttpResponse:
        with transaction.atomic():
            return super().form_valid(form)


class PasswordResetView(Unprocessable, allauth.PasswordResetView):
    pass


class ConfirmResetCodeView(EndsAfterWrongCodes, SaysWhenTooLate, Unprocessable, allauth.ConfirmPasswordResetCodeView):
    letter = "new_password_letter"
    starts_again_at = "account_reset_password"


class NewPasswordView(SaysWhenTooLate, Unprocessable, allauth.CompletePasswordResetView):
    def form_valid(self, form: Form) -> HttpResponse:
        with transaction.atomic():
            return super().form_valid(form)


class EmailView(Unprocessable, allauth.EmailView):
    def form_valid(self, form: Form) -> HttpResponse:
        """The password comes first, as it would anyway: the form is sent twice then, and must count once."""
        raise_if_reauthentication_required(self.request, app="allauth.account")
        if may_write_to(self.request, "new_address_letter", form.cleaned_data["email"]):
            return super().form_valid(form)
        form.add_error("email", ENOUGH)
        return self.form_invalid(form)

    def _action_send(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse | None:
        """Once more to an address that waits to be confirmed."""
        if may_write_to(request, "new_address_letter", request.POST["email"]):
            response: HttpResponse | None = super()._action_send(request, *args, **kwargs)
            return response
        messages.error(request, ENOUGH)
        return None
