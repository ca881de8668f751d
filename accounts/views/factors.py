"""The second step of signing in, and setting up what it asks for: allauth's flows with our answers."""

from __future__ import annotations

from typing import Any

from allauth.mfa.base import views as base
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accounts.crypto import CannotDecrypt
from accounts.factor_forms import waiting_secret
from accounts.factors import FactorAdapter, codes_left, one_at_a_time
from accounts.failed_tries import note_failed_try
from accounts.sessions import setting_up_a_factor
from accounts.views.answers import Unprocessable


class SecondStepView(Unprocessable, base.AuthenticateView):
    """After the password or the code by e-mail. A passkey that signed in has been two steps at once."""

    template_name = "mfa/authenticate.html"

    def form_invalid(self, form: Form) -> HttpResponse:
        """Whoever comes so far knows the password: what the owner should hear of most."""
        note_failed_try(self.request, "", self.stage.login.user)
        return super().form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.stage.login.user
        kinds = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"has_passkey": Authenticator.Type.WEBAUTHN in kinds}


class CodeAgainView(Unprocessable, base.ReauthenticateView):
    template_name = "mfa/reauthenticate.html"


class AppAddView(Unprocessable, totp.ActivateTOTPView):
    template_name = "mfa/totp/activate_form.html"

    def form_valid(self, form: Form) -> HttpResponse:
        with setting_up_a_factor(self.request):
            response: HttpResponse = super().form_valid(form)
        return response


class AppRemoveView(Unprocessable, totp.DeactivateTOTPView):
    template_name = "mfa/totp/deactivate_form.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Without allauth's empty data on a GET: nothing was sent yet, so nothing is wrong yet."""
        kwargs: dict[str, Any] = super().get_form_kwargs()
        return kwargs if self.request.method == "POST" else kwargs | {"data": None}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with one_at_a_time(request.user):  # type: ignore[arg-type]
            response: HttpResponse = super().post(request, *args, **kwargs)
            return response


class RecoveryCodesView(codes.ViewRecoveryCodesView):
    """Shown once; afterwards the page says how many are left and offers new ones."""

    template_name = "mfa/recovery_codes/index.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        try:
            context: dict[str, Any] = super().get_context_data(**kwargs)
        except CannotDecrypt:
            context = {"unreadable": True}
        row = Authenticator.objects.filter(user=self.request.user, type=Authenticator.Type.RECOVERY_CODES).first()
        return context | {"left": codes_left(row) if row else 0}


class NewRecoveryCodesView(Unprocessable, codes.GenerateRecoveryCodesView):
    template_name = "mfa/recovery_codes/generate.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Leaves out the codes that allauth would open here: they are not shown."""
        return super(codes.GenerateRecoveryCodesView, self).get_context_data(**kwargs)


@require_safe
@login_required
def totp_picture(request: HttpRequest) -> HttpResponse:
    """The square code that an app reads. Raises Http404 when no app is being set up in this session."""
    secret = waiting_secret()
    if not secret:
        raise Http404
    adapter = FactorAdapter()
    picture = adapter.build_totp_svg(adapter.build_totp_url(request.user, secret))
    return HttpResponse(picture, content_type="image/svg+xml", headers={"Cache-Control": "private, no-store"})
