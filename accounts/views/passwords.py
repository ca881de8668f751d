"""A new password, for those who know the old one and for those who ask for a code; and a new address."""

from __future__ import annotations

from allauth.account import views as allauth
from django.db import transaction
from django.forms import Form
from django.http import HttpResponse

from accounts.views.answers import SaysWhenTooLate, Unprocessable


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


class ConfirmResetCodeView(SaysWhenTooLate, Unprocessable, allauth.ConfirmPasswordResetCodeView):
    pass


class NewPasswordView(SaysWhenTooLate, Unprocessable, allauth.CompletePasswordResetView):
    def form_valid(self, form: Form) -> HttpResponse:
        with transaction.atomic():
            return super().form_valid(form)


class EmailView(Unprocessable, allauth.EmailView):
    pass
