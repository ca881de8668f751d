"""Passkeys: signing in and up with one, adding, naming and removing them.

The conversation with the browser is in static/js/passkeys.js; without a script these pages lead to the other ways.
"""

from __future__ import annotations

from typing import Any

from allauth.account.mixins import NextRedirectMixin
from allauth.account.models import Login
from allauth.account.views import SignupByPasskeyView as SignupByPasskey
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import views as allauth
from allauth.mfa.webauthn.internal import auth, flows
from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy

from accounts.factors import FactorAdapter, one_at_a_time
from accounts.forms import LoginForm
from accounts.sessions import setting_up_a_factor
from accounts.views.answers import Unprocessable
from accounts.views.entrance import LoginView, SignupView


class PasskeySignInView(NextRedirectMixin, allauth.LoginWebAuthnView):
    """A GET is what the browser is to be asked; the POST brings its answer."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return JsonResponse({"request_options": auth.begin_authentication(user=None)})

    def form_valid(self, form: Form) -> HttpResponse:
        passkey = form.cleaned_data["credential"]
        login = Login(user=passkey.user, redirect_url=self.get_next_url())
        response: HttpResponse = flows.perform_passwordless_login(self.request, passkey, login)
        return response

    def form_invalid(self, form: Form) -> HttpResponse:
        """The sign-in page with the reason, and with all other ways."""
        page = LoginView()
        page.setup(self.request)
        context = page.get_context_data(form=LoginForm(request=self.request))
        context["passkey_errors"] = form.non_field_errors()
        return page.render_to_response(context, status=422)


class PasskeySignUpView(SignupView, SignupByPasskey):
    """Nickname and address first; the passkey is made when the address is confirmed."""

    template_name = "account/signup_by_passkey.html"


class FirstPasskeyView(Unprocessable, allauth.SignupWebAuthnView):
    template_name = "mfa/webauthn/signup_form.html"


class PasskeyAddView(Unprocessable, allauth.AddWebAuthnView):
    template_name = "mfa/webauthn/add_form.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Asks the browser for a passkey that signs in by itself; allauth leaves that to its own script."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["form"] = kwargs.get("form") or context["form"]
        return context | {"js_data": {"creation_options": auth.begin_registration(self.request.user, True)}}

    def form_valid(self, form: Form) -> HttpResponse:
        with setting_up_a_factor(self.request):
            response: HttpResponse = super().form_valid(form)
        return response


class PasskeyAgainView(Unprocessable, allauth.ReauthenticateWebAuthnView):
    template_name = "mfa/webauthn/reauthenticate.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["form"] = kwargs.get("form") or context["form"]
        return context

    def form_invalid(self, form: Form) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class PasskeyNameView(Unprocessable, allauth.EditWebAuthnView):
    template_name = "mfa/webauthn/edit_form.html"
    success_url = reverse_lazy("mfa_index")


class PasskeyRemoveView(allauth.RemoveWebAuthnView):
    template_name = "mfa/webauthn/authenticator_confirm_delete.html"
    success_url = reverse_lazy("mfa_index")

    def form_valid(self, form: Form) -> HttpResponse:
        with one_at_a_time(self.request.user):
            passkey: Authenticator = self.get_object()
            if FactorAdapter().can_delete_authenticator(passkey):
                response: HttpResponse = super().form_valid(form)
                return response
        messages.error(self.request, FactorAdapter.error_messages["cannot_delete_authenticator"])
        return redirect("mfa_index")
