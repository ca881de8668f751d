"""The forms around second factors and passkeys: allauth's flows behind our words, counts and cautions."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, ClassVar

from allauth.core import context, ratelimit
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY, generate_totp_secret, validate_totp_code
from allauth.mfa.webauthn import forms as allauth
from allauth.mfa.webauthn.internal import auth as webauthn
from django import forms
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from accounts.crypto import CannotDecrypt
from accounts.devices import known_person
from accounts.forms import PlainNames, Words
from accounts.models import User

_TOO_OFTEN = _("This was tried too often. Please wait five minutes.")
_NO_PASSKEY = _("This passkey did not work. Please try again, or choose another way.")
_UNREADABLE = _("We can not check this code at the moment; it is our fault. Please use a passkey, or write to us.")
_LONGEST_ANSWER = 20_000  # characters
_LIFE = settings.MFA_TOTP_TOLERANCE * 2 + 1  # for how many half minutes an app's code counts


class CodeField(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        attributes = {"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}
        super().__init__(max_length=40, widget=forms.TextInput(attrs=attributes), **kwargs)

    def to_python(self, value: Any) -> str:
        """Without the blanks and dashes that are there for reading."""
        return re.sub(r"[\s-]", "", super().to_python(value) or "")


class CredentialField(forms.JSONField):
    """What a script fills in. Too deep or too long an answer is no answer of a browser."""

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput, error_messages={"required": _NO_PASSKEY, "invalid": _NO_PASSKEY})

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value if len(value or "") <= _LONGEST_ANSWER else "{")
        except RecursionError as too_deep:
            raise ValidationError(_NO_PASSKEY, code="invalid") from too_deep


class SecondFactorForm(PlainNames):
    """A code of the app, or one of the recovery codes."""

    code = CodeField(label=_("Code"), help_text=_("Six digits from your app, or one of your recovery codes."))
    again = False

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_code(self) -> str:
        """Raises ValidationError for a wrong code, too many tries, or a secret that can not be opened."""
        give_back = _count_a_try(self.user)
        code = str(self.cleaned_data["code"])
        for row in Authenticator.objects.filter(user=self.user).exclude(type=Authenticator.Type.WEBAUTHN):
            try:
                fits = row.wrap().validate_code(code)
            except CannotDecrypt as problem:
                raise ValidationError(_UNREADABLE, code="unreadable") from problem
            if fits and self._is_first_use(row, code):
                row.user, self.authenticator = self.user, row
                give_back()
                return code
        raise get_adapter().validation_error("incorrect_code")

    def _is_first_use(self, row: Authenticator, code: str) -> bool:
        """allauth remembers a code of the app for half a minute; it counts for as long as it would be taken."""
        if row.type != Authenticator.Type.TOTP:
            return True
        return bool(cache.add(f"accounts:code-used:{self.user.pk}:{code}", True, settings.MFA_TOTP_PERIOD * _LIFE))

    def save(self) -> None:
        post_authentication(context.request, self.authenticator, reauthenticated=self.again)
        if self.authenticator.type == Authenticator.Type.RECOVERY_CODES:
            get_adapter().send_notification_mail("mfa/email/recovery_code_used", self.user)


class CodeAgainForm(SecondFactorForm):
    again = True


class NewAppForm(PlainNames):
    """The secret waits sealed in the session until a code shows that the app has it."""

    code = CodeField(label=_("Code"), help_text=_("Six digits, as the app shows them now."))

    @sensitive_variables()
    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.secret = (self.is_bound and waiting_secret()) or _new_secret()

    def clean_code(self) -> str:
        give_back = _count_a_try(self.user)
        code = str(self.cleaned_data["code"])
        if not validate_totp_code(self.secret, code):
            raise get_adapter().validation_error("incorrect_code")
        give_back()
        return code


def waiting_secret() -> str:
    """What an app is being set up with in this session; empty when nothing waits."""
    sealed = context.request.session.get(SECRET_SESSION_KEY, "")
    try:
        return str(get_adapter().decrypt(sealed)) if sealed else ""
    except CannotDecrypt:
        return ""


def _new_secret() -> str:
    secret = str(generate_totp_secret())
    context.request.session[SECRET_SESSION_KEY] = get_adapter().encrypt(secret)
    return secret


def _count_a_try(user: User) -> Callable[[], None]:
    """Counts a try with this person's codes, on a known device for itself; what it returns takes the try back."""
    known = known_person(context.request) == user
    key = f"second-factor-{user.pk}{'-known' if known else ''}"
    if not ratelimit.consume(context.request, action="login_failed", key=key):
        raise ValidationError(_TOO_OFTEN, code="too_many_login_attempts")
    return lambda: ratelimit.clear(context.request, action="login_failed", key=key)


class PasskeyForm(PlainNames):
    """What a browser answers for a passkey is parsed by libraries; whatever they stumble over, it is one refusal."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"] = CredentialField()

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        # The field itself is hidden: what is wrong with it is said above the form.
        if "credential" in self.errors:
            self.add_error(None, self.errors.pop("credential").as_data())


def _guarded(check: Callable[[], Any]) -> Any:
    try:
        return check()
    except DatabaseError:
        raise
    except ValidationError as refusal:
        raise ValidationError(_TOO_OFTEN if refusal.code == "too_many_login_attempts" else _NO_PASSKEY) from refusal
    except Exception as stumble:
        raise ValidationError(_NO_PASSKEY) from stumble


class SecondPasskeyForm(PasskeyForm, allauth.AuthenticateWebAuthnForm):
    def clean_credential(self) -> Authenticator:
        return _guarded(super().clean_credential)


class PasskeyAgainForm(PasskeyForm, allauth.ReauthenticateWebAuthnForm):
    def clean_credential(self) -> Authenticator:
        return _guarded(super().clean_credential)


class PasskeySignInForm(PasskeyForm, allauth.LoginWebAuthnForm):
    def clean_credential(self) -> Authenticator:
        return _guarded(super().clean_credential)


class NewPasskeyForm(PasskeyForm, allauth.AddWebAuthnForm):
    """Every passkey signs in by itself, so each is asked to recognise its owner."""

    words: ClassVar[dict[str, tuple[Words, Words]]] = {
        "name": (_("Name"), _("So that you know it again: phone, key ring, laptop."))
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("passwordless", None)
        self.fields["name"].max_length = 40  # type: ignore[attr-defined]
        self.fields["name"].widget.attrs["maxlength"] = 40

    def clean_name(self) -> str:
        return str(super().clean_name())[:40]

    def clean(self) -> dict[str, Any]:
        """The credential as it was understood, without whatever else came along with it."""
        cleaned: dict[str, Any] = _guarded(super().clean)
        if sent := cleaned.get("credential"):
            cleaned["credential"] = _guarded(lambda: _understood(sent))
        return cleaned


def _understood(credential: dict[str, Any]) -> dict[str, Any]:
    parsed = dict(webauthn.parse_registration_response(credential))
    kept = {key: parsed[key] for key in ("id", "rawId", "type")}
    response = {key: parsed["response"][key] for key in ("clientDataJSON", "attestationObject")}
    return {**kept, "response": response, "clientExtensionResults": {"credProps": {"rk": True}}}


class PasskeyNameForm(PlainNames, allauth.EditWebAuthnForm):
    words: ClassVar[dict[str, tuple[Words, Words]]] = {"name": (_("Name"), "")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = forms.CharField(max_length=40, label=_("Name"))
