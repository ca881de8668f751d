"""The generated part of the privacy page: what is stored, why, on what ground, how long (GDPR, Article 13).

Each app answers for its own tables (settings.PRIVACY_NOTICE) from the settings that are in force, so the page can not
promise what the worker does not do.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.devices import AGE
from accounts.models.invitation import KEPT_FOR

A_DAY = 86_400  # seconds


class Entry(NamedTuple):
    what: str
    why: str
    ground: str
    how_long: str


class Cookie(NamedTuple):
    name: str
    why: str
    when: str
    how_long: str


def disclosure() -> list[Entry]:
    """All of it, in the active language."""
    return [entry for path in settings.PRIVACY_NOTICE for entry in import_string(path)()]


def contract() -> str:
    return _("To do what you ask us for: Article 6(1)(b) GDPR.")


def interest() -> str:
    return _("Our interest in a site that is safe and works: Article 6(1)(f) GDPR.")


def duty() -> str:
    return _("A duty by law: Article 6(1)(c) GDPR.")


def consent() -> str:
    return _("Your consent, which you can take back at any time: Article 6(1)(a) GDPR.")


def days(number: int) -> str:
    """For example: 1 day, 7 days, 2 years."""
    if number % 365 == 0:
        return ngettext("%(count)d year", "%(count)d years", number // 365) % {"count": number // 365}
    return ngettext("%(count)d day", "%(count)d days", number) % {"count": number}


def until_erased() -> str:
    return _("Until you erase your account.")


def entries() -> Iterator[Entry]:
    """One of settings.PRIVACY_NOTICE."""
    unverified, inactive = days(settings.UNVERIFIED_ACCOUNT_DAYS), days(settings.INACTIVE_ACCOUNT_DAYS)
    notice, addresses = days(settings.INACTIVE_NOTICE_DAYS), days(settings.ADDRESS_DAYS)
    yield Entry(
        _("Account: nickname, e-mail address, an unreadable form of the password, when you last signed in"),
        _("So that you can sign in and hear from us. Only the nickname is shown to others."),
        contract(),
        _("Until you erase it; unconfirmed sign-ups %(unverified)s; unused accounts %(inactive)s, with a letter "
          "%(notice)s before.") % {"unverified": unverified, "inactive": inactive, "notice": notice},
    )  # fmt: skip
    yield from _signing_in()
    yield from _customers_and_team()
    yield Entry(
        _("Network address (IP)"),
        _("To limit how often something is tried, such as passwords. No page view is recorded with it."),
        interest(),
        _("%(days)s at most.") % {"days": addresses},
    )
    yield Entry(
        _("E-mails to you: kind and time"),
        _("To see whether they arrive. What stood in them is not kept."),
        interest(),
        days(settings.MAIL_LOG_DAYS) + ".",
    )
    yield Entry(
        _("The copy of your data, when you ask for it"),
        _("So that you can fetch it."),
        duty(),
        days(settings.EXPORT_DAYS) + ".",
    )
    yield Entry(
        _("Unreadable marks of erased accounts"),
        _("So that nobody takes your nickname, and no backup brings your account back."),
        duty(),
        _("For ever; nobody can read a name out of them."),
    )
    yield Entry(
        _("Backups of all of this"),
        _("So that nothing is lost when a machine breaks."),
        interest(),
        days(settings.BACKUP_DAYS) + ".",
    )


def _signing_in() -> Iterator[Entry]:
    yield Entry(
        _("Where you are signed in: network, kind of browser, first and last use"),
        _("So that you can see whether somebody else is using your account, and put an end to it."),
        interest(),
        _("Until the session ends; the network %(days)s at most after the last use.")
        % {"days": days(settings.ADDRESS_DAYS)},
    )
    yield Entry(
        _("Failed tries to sign in: when, and under which name and from which network in unreadable form only"),
        _("So that you see on your pages whether somebody tries to get into your account."),
        interest(),
        days(settings.FAILED_SIGN_IN_DAYS) + ".",
    )
    yield Entry(
        _("Further ways to sign in, if you set them up: passkeys, the app's secret, recovery codes"),
        _("So that nobody gets in with a password alone."),
        contract(),
        _("Until you remove them or erase your account."),
    )


def _customers_and_team() -> Iterator[Entry]:
    yield Entry(
        _("That you are our customer: who of us confirmed it and when, the order number only in unreadable form"),
        _("So that others know who has experience with us, if you let it be shown."),
        interest(),
        until_erased(),
    )
    yield Entry(
        _("Of our team: invitations with their e-mail address"),
        _("So that nobody comes in who was not invited."),
        interest(),
        _("%(days)s after they were sent, once used, withdrawn or run out.") % {"days": days(KEPT_FOR.days)},
    )
    yield Entry(
        _("Of our team: who gave or took which role and when"),
        _("So that it can be seen later who was allowed to do what."),
        interest(),
        _("%(days)s; without the name once the account is erased.") % {"days": days(settings.ROLE_LOG_DAYS)},
    )
    yield Entry(
        _("Of our team: consent to name and portrait, with its wording and time"),
        _("So that we can prove it."),
        duty(),
        until_erased(),
    )


def cookies() -> Iterator[Cookie]:
    """Those that the site can set, under their real names (§ 25(2) no. 2 TDDDG: strictly necessary ones only)."""
    browser = _("Until you close the browser.")
    yield Cookie(
        settings.SESSION_COOKIE_NAME,
        _("Knows you from page to page."),
        _("Only when you sign up or in."),
        days(settings.SESSION_COOKIE_AGE // A_DAY) + "." if settings.ACCOUNT_SESSION_REMEMBER else browser,
    )
    yield Cookie(
        settings.DEVICE_COOKIE_NAME,
        _("Knows this device as yours, so that nobody locks you out by trying passwords elsewhere."),
        _("Only when you sign in."),
        days(AGE.days) + ".",
    )
    yield Cookie(
        settings.CSRF_COOKIE_NAME,
        _("Proves that a form came from you."),
        _("Only with a page that has a form to send."),
        days(settings.CSRF_COOKIE_AGE // A_DAY) + ".",
    )
    yield Cookie(
        settings.RECEIPT_COOKIE_NAME,
        _("Keeps a private conversation open that you came to without an account."),
        _("Only when you write without an account, or enter your code."),
        _("Until you leave the room, are idle for half an hour, or close the browser."),
    )
    yield Cookie(
        "messages",
        _("Carries a sentence such as “Thank you” to the next page."),
        _("Only after you sent a form."),
        _("Until it was shown."),
    )
    yield Cookie(
        settings.LANGUAGE_COOKIE_NAME,
        _("Keeps the language you chose."),
        _("Only when you choose one at the foot of a page."),
        days(settings.LANGUAGE_COOKIE_AGE // A_DAY) + ".",
    )


def receivers() -> list[str]:
    """To whom something goes besides the people of the company."""
    found = []
    if settings.EMAIL_HOST:
        found.append(_("The mail server %(host)s, which carries our e-mails to you.") % {"host": settings.EMAIL_HOST})
    return found
