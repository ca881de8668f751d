"""Letters about the account itself: codes, and word that something about it was changed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import pgettext

from accounts.mail import queue_mail
from accounts.models import DataExport, User
from accounts.site import absolute_url

# What a letter is given and we keep until it is sent. No person, no IP address; of a browser only its kind.
_KEPT = ("code", "from_email", "to_email", "device")


def queue_account_letter(*, name: str, address: str, context: dict[str, Any]) -> None:
    """To the address itself, not to the account: the two differ while somebody changes it."""
    payload = {key: context[key] for key in _KEPT if key in context}
    if "code" in payload:
        payload["useful_until"] = (timezone.now() + timedelta(seconds=settings.ACCOUNT_CODE_SECONDS)).isoformat()
    queue_mail(kind=f"account_{name}", address=address, **payload)


def account_letter(recipient: User | str, payload: dict[str, Any]) -> dict[str, Any] | None:
    """One of settings.MAIL_BUILDERS. None when the code in the letter is too old to be of use."""
    until = payload.get("useful_until")
    if until and datetime.fromisoformat(until) < timezone.now():
        return None
    pages = {
        "sign_up": "account_signup",
        "sign_in": "account_login",
        "new_password": "account_reset_password",
        "security": "mfa_index",
        "sessions": "usersessions_list",
    }
    return {**payload, **{f"{key}_url": absolute_url(reverse(page)) for key, page in pages.items()}}


def data_ready(recipient: User, payload: dict[str, Any]) -> dict[str, Any] | None:
    """One of settings.MAIL_BUILDERS. None when the copy is no longer to be had."""
    export = DataExport.objects.to_fetch(timezone.now()).filter(pk=payload["export"], user=recipient).first()
    if export is None:
        return None
    return {"url": absolute_url(export.get_absolute_url()), "until": _day(export.expires_at)}


def data_failed(recipient: User, payload: dict[str, Any]) -> dict[str, Any] | None:
    """One of settings.MAIL_BUILDERS. None when another copy was asked for meanwhile."""
    last = DataExport.objects.filter(user=recipient).order_by("-pk").first()
    if last is None or last.pk != payload["export"] or last.state != "failed":
        return None
    return {"url": absolute_url(reverse("accounts:data"))}


def account_inactive(recipient: User, payload: dict[str, Any]) -> dict[str, Any] | None:
    """One of settings.MAIL_BUILDERS. None when somebody signed in meanwhile."""
    told_at = recipient.told_inactive_at
    if told_at is None or (recipient.last_login and recipient.last_login > told_at):
        return None
    until = told_at + timedelta(days=settings.INACTIVE_NOTICE_DAYS)
    return {"until": _day(until), "url": absolute_url(reverse("account_login"))}


def _day(moment: datetime | None) -> str:
    return date_format(timezone.localtime(moment), pgettext("date format", "j F Y"))
