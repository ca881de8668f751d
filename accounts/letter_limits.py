"""How many letters may be asked for to one address: no letter box is flooded, and nobody is shut out by the limit.

Counted apart are the person on a device known to be theirs, people who are signed in and want a new address, and
everybody else; of these no single visitor can use up what there is for one address. Nobody asks whether there is an
account, so neither text nor time tells.
"""

from __future__ import annotations

from allauth.core.internal.ratelimit import get_ip
from django.http import HttpRequest
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.devices import known_person
from accounts.limits import seconds_to_wait, within_limit

A_MINUTE, AN_HOUR = 60, 3600  # seconds
ENOUGH = _(
    "We have written to this address several times already. Please wait a minute; after many requests, until tomorrow."
)


def may_write_to(request: HttpRequest, action: str, address: str) -> bool:
    """Counts one letter of a kind in settings.ACCOUNT_RATE_LIMITS; False when it is one too many."""
    key = letter_key(request, address)
    # The visitor's share first: what is refused there takes nothing from others.
    return (
        (_is_known(key) or within_limit(request, "letter_of_visitor", key=f"{key} {_visitor(request)}"))
        and within_limit(request, action, key=key)
        and within_limit(request, "letter", key=key)
    )


def seconds_to_next(request: HttpRequest, action: str, address: str) -> int:
    """How long `may_write_to` would still say no; 0 when it would say yes."""
    key = letter_key(request, address)
    counts = [(action, key), ("letter", key)]
    if not _is_known(key):
        counts.append(("letter_of_visitor", f"{key} {_visitor(request)}"))
    return max(seconds_to_wait(request, kind, key=name) for kind, name in counts)


def when_next(seconds: int) -> str:
    """The sentence that says so, in the active language."""
    if seconds <= 0:
        return gettext("You can ask for a new one at once.")
    if seconds <= A_MINUTE:
        return ngettext(
            "You can ask for a new one in %(count)d second.", "You can ask for a new one in %(count)d seconds.", seconds
        ) % {"count": seconds}
    hours = -(-seconds // AN_HOUR)
    return ngettext(
        "You can ask for a new one in %(count)d hour.", "You can ask for a new one in %(count)d hours.", hours
    ) % {"count": hours}


def letter_key(request: HttpRequest, address: str) -> str:
    """In whose name letters to this address are counted."""
    address = address.strip().lower()
    person = known_person(request)
    if person is not None and person.email == address:
        return f"known-{person.pk}"
    return f"member {address}" if request.user.is_authenticated else address


def _is_known(key: str) -> bool:
    return "@" not in key


def _visitor(request: HttpRequest) -> str:
    return f"account-{request.user.pk}" if request.user.is_authenticated else get_ip(request)
