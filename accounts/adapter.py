"""allauth's ways, made ours: nickname rules, letters through the outbox, and our words for what went wrong."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.devices import known_person
from accounts.failed_tries import note_failed_try, remember_sign_in_before
from accounts.letter_limits import may_write_to, seconds_to_next, when_next
from accounts.letters import queue_account_letter
from accounts.limits import account_key, counted_as
from accounts.models import User
from accounts.renaming import settle_nickname
from accounts.reserved import check_free
from accounts.sessions import device_of

_WRONG_SIGN_IN = _("This name and this password do not belong together.")
_TOO_OFTEN = _("This was tried too often. Please wait five minutes.")

_OTHER_PROOFS = {
    "reauthenticate": _("With your password"),
    "mfa_reauthenticate": _("With a code of your app, or a recovery code"),
    "mfa_reauthenticate:webauthn": _("With your passkey"),
}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "cannot_remove_primary_email": _("An account needs an e-mail address."),
        "duplicate_email": _("This is your address already."),
        "email_password_mismatch": _WRONG_SIGN_IN,
        "email_taken": _("This address belongs to another account."),
        "enter_current_password": _("This is not your password."),
        "incorrect_code": _("This is not the code from our e-mail."),
        "incorrect_password": _("This is not your password."),
        "invalid_login": _WRONG_SIGN_IN,
        "too_many_login_attempts": _TOO_OFTEN,
        "username_password_mismatch": _WRONG_SIGN_IN,
        "username_taken": _("This nickname is taken."),
        "rate_limited": _TOO_OFTEN,
    }

    def is_ajax(self, request: HttpRequest) -> bool:
        """There are pages here and nothing else."""
        return False

    def new_user(self, request: HttpRequest) -> User:
        """Letters come in the language in which somebody signed up."""
        return User(language=(get_language() or "")[:2])

    def clean_username(self, username: str, shallow: bool = False) -> str:
        check_free(username)
        return username

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """Raises NicknameTaken when somebody gave the name up between the look at the form and now."""
        super().save_user(request, user, form, commit=commit)
        if commit:
            settle_nickname(user)
        return user

    def get_client_ip(self, request: HttpRequest) -> str:
        """In whose name allauth counts a request; it is kept nowhere."""
        return counted_as(request)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        return account_key(request, _name_in(credentials))

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        note_failed_try(request, _name_in(credentials))

    def should_send_confirmation_mail(self, request: HttpRequest, email_address: EmailAddress, signup: bool) -> bool:
        """At a sign-in before the address is confirmed; at a sign-up the letter is counted already."""
        if not signup and not may_write_to(request, "sign_up_letter", email_address.email):
            raise ImmediateHttpResponse(_has_code(request, email_address.email))
        return True

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """What was sent to the address until now opens nothing any more."""
        confirmed = bool(super().confirm_email(request, email_address))
        _void_codes(email_address.user)
        return confirmed

    def set_password(self, user: User, password: str) -> None:
        super().set_password(user, password)
        _void_codes(user)

    def login(self, request: HttpRequest, user: User) -> None:
        """Tells of a sign-in on a device without our cookie; the very first one is no news."""
        before = user.last_login
        is_news = before is not None and known_person(request) != user
        super().login(request, user)
        remember_sign_in_before(request, before)
        if is_news and user.new_device_letters:
            device = device_of(request.headers.get("User-Agent", ""))
            self.send_notification_mail("account/email/new_device", user, {"device": device})

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        ways: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return [way | {"description": _OTHER_PROOFS[way["id"]]} for way in ways]

    def can_delete_email(self, email_address: EmailAddress) -> bool:
        """The address is changed, never taken away: without one, nobody gets back in."""
        return not email_address.primary

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Writes the letter into the outbox, in the transaction of what it is about."""
        queue_account_letter(name=template_prefix.rsplit("/", 1)[-1], address=email, context=context)


def _has_code(request: HttpRequest, address: str) -> HttpResponse:
    """Whoever gave the right password may know that a code was sent, and when there is another."""
    seconds = seconds_to_next(request, "sign_up_letter", address)
    response = render(request, "429.html", {"when_next": when_next(seconds)}, status=429)
    response["Retry-After"] = str(seconds)
    return response


def _name_in(credentials: dict[str, Any]) -> str:
    return credentials.get("email") or credentials.get("username") or ""


def _void_codes(user: User) -> None:
    """Codes on their way, in whatever window they were asked for, are of no use from now on."""
    if user.pk:
        User.objects.filter(pk=user.pk).update(codes_void_before=timezone.now())
