"""The forms of accounts: allauth's checks behind our field names and words."""

from __future__ import annotations

from typing import Any, ClassVar, TypeAlias

from allauth.account import forms as allauth
from allauth.core import context
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.honeypot import HoneypotField
from accounts.letter_limits import ENOUGH, may_write_to
from accounts.models import User
from accounts.nicknames import MAX_LENGTH, MIN_LENGTH
from accounts.reserved import check_free

Words: TypeAlias = "str | Promise"
CODE_HINT = _("Eight letters, as they stand in our e-mail.")
PASSWORD_HINT = _("At least 8 characters. A sentence is easier to keep in mind than a riddle.")


class PlainNames(forms.Form):
    """Shows allauth's fields under the names of all our forms, and under our words.

    allauth goes on finding them as `username`, `login` and `password1`: only the page's name for a field changes.
    """

    plain_names: ClassVar[dict[str, str]] = {"username": "nickname", "login": "nickname", "password1": "password"}
    words: ClassVar[dict[str, tuple[Words, Words]]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.words.keys() & self.fields.keys():
            self.fields[name].label, self.fields[name].help_text = self.words[name]  # type: ignore[assignment]
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)

    def add_prefix(self, field_name: str) -> str:
        return super().add_prefix(self.plain_names.get(field_name, field_name))


class OncePassword(PlainNames):
    """A new password is typed once: who mistyped it asks for a code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("password2", None)


class SignupForm(PlainNames, allauth.SignupForm):
    words: ClassVar[dict[str, tuple[Words, Words]]] = {
        "username": (
            _("Nickname"),
            format_lazy(_("Everybody sees this name. {min} to {max} characters."), min=MIN_LENGTH, max=MAX_LENGTH),
        ),
        "email": (_("E-mail address"), _("Never shown. We send a code to it now, and later only what you follow.")),
        "password1": (_("Password"), PASSWORD_HINT),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[settings.ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD] = HoneypotField()
        self.fields["username"].widget.attrs |= {"autocapitalize": "none", "spellcheck": "false"}


class LoginForm(PlainNames, allauth.LoginForm):
    words: ClassVar[dict[str, tuple[Words, Words]]] = {
        "login": (_("Nickname or e-mail address"), ""),
        "password": (_("Password"), ""),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs |= {
            "autocomplete": "username", "autocapitalize": "none", "spellcheck": "false",
        }  # fmt: skip


class ReauthenticateForm(PlainNames, allauth.ReauthenticateForm):
    words: ClassVar[dict[str, tuple[Words, Words]]] = {"password": (_("Password"), "")}


class ChangePasswordForm(OncePassword, allauth.ChangePasswordForm):
    words: ClassVar[dict[str, tuple[Words, Words]]] = {
        "oldpassword": (_("Your current password"), ""),
        "password1": (_("New password"), PASSWORD_HINT),
    }


class SetPasswordForm(OncePassword, allauth.SetPasswordForm):
    words: ClassVar[dict[str, tuple[Words, Words]]] = {"password1": (_("New password"), PASSWORD_HINT)}


class NewPasswordForm(OncePassword, allauth.ResetPasswordKeyForm):
    words: ClassVar[dict[str, tuple[Words, Words]]] = {"password1": (_("New password"), PASSWORD_HINT)}


class AsksForLetter(PlainNames):
    """Sends to the address that is typed, and not without end."""

    letter = ""

    def clean_email(self) -> str:
        """allauth's look comes first, so that its time is the same whether there are letters left or not."""
        email: str = super().clean_email()  # type: ignore[misc]
        if not may_write_to(context.request, self.letter, email):
            raise ValidationError(ENOUGH, code="letters")
        return email


class ResetPasswordForm(AsksForLetter, allauth.ResetPasswordForm):
    letter = "new_password_letter"
    words: ClassVar[dict[str, tuple[Words, Words]]] = {"email": (_("E-mail address"), "")}


class RequestLoginCodeForm(AsksForLetter, allauth.RequestLoginCodeForm):
    letter = "sign_in_letter"
    words: ClassVar[dict[str, tuple[Words, Words]]] = {"email": (_("E-mail address"), "")}


class ChangeEmailForm(PlainNames, allauth.AddEmailForm):
    words: ClassVar[dict[str, tuple[Words, Words]]] = {
        "email": (_("New e-mail address"), _("We send a code to it. Until you type it, the old address stays."))
    }


class CodeForm(PlainNames):
    words: ClassVar[dict[str, tuple[Words, Words]]] = {"code": (_("Code"), CODE_HINT)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"autocapitalize": "characters", "spellcheck": "false"}


class EmailCodeForm(CodeForm, allauth.ConfirmEmailVerificationCodeForm):
    pass


class LoginCodeForm(CodeForm, allauth.ConfirmLoginCodeForm):
    pass


class ResetCodeForm(CodeForm, allauth.ConfirmPasswordResetCodeForm):
    pass


class LanguageForm(forms.ModelForm):
    """In which language letters come. An empty choice leaves it to the company."""

    class Meta:
        model = User
        fields = ("language",)

    def __init__(self, *args: Any, languages: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"] = forms.ChoiceField(label=_("Language of our e-mails"), choices=languages)


class JoinForm(forms.Form):
    """Nickname and password of somebody who follows an invitation; the rules are those of signing up."""

    nickname = forms.CharField(
        label=_("Nickname"),
        help_text=format_lazy(
            _("You sign in with it. Your answers carry the name on your card instead. {min} to {max} characters."),
            min=MIN_LENGTH,
            max=MAX_LENGTH,
        ),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("Password"),
        help_text=PASSWORD_HINT,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean_nickname(self) -> str:
        nickname: str = self.cleaned_data["nickname"]
        check_free(nickname)
        return nickname

    def clean(self) -> dict[str, Any]:
        """A password that is too like the nickname is found here, where both are known."""
        cleaned: dict[str, Any] = super().clean() or {}
        if "password" in cleaned:
            user = User(nickname=cleaned.get("nickname", ""), email=self.email)
            try:
                validate_password(cleaned["password"], user)
            except ValidationError as error:
                self.add_error("password", error)
        return cleaned
