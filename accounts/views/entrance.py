"""Sign up, sign in, sign out: allauth's flows with our answers."""

from __future__ import annotations

from typing import Any

from allauth.account import views as allauth
from allauth.account.internal.flows.email_verification_by_code import EMAIL_VERIFICATION_CODE_SESSION_KEY
from allauth.account.models import EmailAddress
from allauth.account.stages import EmailVerificationStage, LoginStageController
from django.db import IntegrityError, transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from accounts.letter_limits import ENOUGH, may_write_to
from accounts.views.answers import CountsLetters, EndsAfterWrongCodes, SaysWhenTooLate, Unprocessable


class SignupView(Unprocessable, allauth.SignupView):
    def form_valid(self, form: Form) -> HttpResponse:
        """Account and letter in one transaction.

        Two people may send the same name in the same moment. The database lets one of them in; the other's form
        is looked at again, and then sees what is taken.
        """
        if not may_write_to(self.request, "sign_up_letter", form.cleaned_data["email"]):
            form.add_error("email", ENOUGH)
            return self.form_invalid(form)
        try:
            with transaction.atomic():
                return super().form_valid(form)
        except IntegrityError:
            form.full_clean()
            return super().form_valid(form) if form.is_valid() else self.form_invalid(form)


class LoginView(Unprocessable, allauth.LoginView):
    pass


class ReauthenticateView(Unprocessable, allauth.ReauthenticateView):
    pass


class LogoutView(allauth.LogoutView):
    def logout(self) -> None:
        """Also ends a sign-up or sign-in half done, in the same way whether there is an account behind it or not."""
        self.request.session.pop(EMAIL_VERIFICATION_CODE_SESSION_KEY, None)
        super().logout()

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """What the browser kept of drafts goes with the session, also without our script (W3C, Clear Site Data)."""
        response = super().post(*args, **kwargs)
        response["Clear-Site-Data"] = '"storage"'
        return response


class RequestLoginCodeView(Unprocessable, allauth.RequestLoginCodeView):
    pass


class _TypesCode(CountsLetters, EndsAfterWrongCodes, SaysWhenTooLate, Unprocessable):
    pass


class ConfirmLoginCodeView(_TypesCode, allauth.ConfirmLoginCodeView):
    letter = "sign_in_letter"
    starts_again_at = "account_request_login_code"


class ConfirmEmailView(_TypesCode, allauth.ConfirmEmailVerificationCodeView):
    """The address of a sign-up, or the new one of somebody who is signed in."""

    letter = "sign_up_letter"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if request.user.is_authenticated:
            self.letter, self.starts_again_at = "new_address_letter", "account_email"


@require_POST
def signup_restart(request: HttpRequest) -> HttpResponse:
    """For a mistyped address: forgets the account that this session began and never confirmed.

    Otherwise its nickname would be taken, and nobody could ever confirm it. Tells nothing about the address.
    """
    stage = LoginStageController.enter(request, EmailVerificationStage.key)
    user = stage.login.user if stage and stage.login.signup else None
    if user and not EmailAddress.objects.filter(user=user, verified=True).exists():
        user.delete()
    request.session.flush()
    return redirect("account_signup")
