"""How often something may be done: the limits of settings.ACCOUNT_RATE_LIMITS, also for what is no sign-in.

Who is counted: a person on a device known to be theirs, else the visitor's address (IPv6 by its /64), and beside it
the account that is tried. So nobody who tries from elsewhere can shut out a person from their own device, and
nobody at all can shut out the whole site.
"""

from __future__ import annotations

import logging
import math
import time
import unicodedata
from functools import cache as cache_in_memory
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from allauth.account.internal.stagekit import LOGIN_SESSION_KEY
from allauth.account.utils import user_pk_to_url_str
from allauth.core import ratelimit
from allauth.core.internal import ratelimit as counting
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import get_random_string

from accounts.devices import known_person
from accounts.models import User
from accounts.nicknames import nickname_key

logger = logging.getLogger(__name__)

UNKNOWN = "unknown"


def within_limit(request: HttpRequest, action: str, *, key: str = "", reads: bool = False) -> bool:
    """Counts this request, a GET only if told that `reads` count; False when it is one too many."""
    if reads:
        # The public function counts no GET.
        return bool(counting.consume(request, app="allauth.account", action=action, key=key or None, limit_get=True))
    return bool(ratelimit.consume(request, action=action, key=key or None))


def seconds_to_wait(request: HttpRequest, action: str, *, key: str = "") -> int:
    """How long this would still be one too many, 0 when it would not be; counts nothing."""
    app, waits = "allauth.account", [0.0]
    for rate in counting.get_rates(app=app, action=action):
        name = counting.get_cache_key(request, app=app, action=action, rate=rate, key=key or None)
        counted = cache.get(name, [])  # newest first
        if len(counted) >= rate.amount:
            waits.append(counted[rate.amount - 1] + rate.duration - time.time())
    return math.ceil(max(waits))


def address_of(request: HttpRequest) -> str:
    """The visitor's address as the outermost trusted server told it; UNKNOWN when nobody did.

    Whatever a visitor writes into X-Forwarded-For stands before what our servers add, and is not looked at.
    A socket has no address of its own, so without a server that tells it all visitors are one. Where several of them
    are counted as one for the sake of a setting, the log says so.
    """
    hops = [hop for part in request.headers.get("X-Forwarded-For", "").split(",") if (hop := part.strip())]
    count = settings.TRUSTED_PROXY_COUNT
    nearest = request.META.get("REMOTE_ADDR", "") or (hops[0] if count and hops else "")
    address = _clean(hops[-count] if count and len(hops) >= count else nearest)
    if address is None:
        _warn("No address of a visitor is known: all of them share one limit. Tell it, and set TRUSTED_PROXY_COUNT.")
    elif len(hops) < count:
        _warn("Fewer servers tell an address than TRUSTED_PROXY_COUNT says: who comes through one shares one limit.")
    elif hops and not count and address.is_private:
        _warn("A server in front tells addresses, but TRUSTED_PROXY_COUNT is 0: who comes through it shares one limit.")
    return str(address or UNKNOWN)


@cache_in_memory
def _warn(message: str) -> None:
    """Once in the life of a process: each visitor would bring it again."""
    logger.error(message)


def network_of(request: HttpRequest) -> str:
    """The visitor's address as far as it is kept: enough to tell home from abroad, not to find a person."""
    address = _clean(address_of(request))
    if address is None:
        return "0.0.0.0"  # noqa: S104 (no address is known; nothing listens here)
    kept = 24 if isinstance(address, IPv4Address) else 48
    return str(ip_network((address, kept), strict=False).network_address)


def counted_as(request: HttpRequest) -> str:
    """In whose name this request is counted.

    As a known person only where it concerns that very account: who tries others' is one visitor like any other.
    """
    person = known_person(request)
    return f"known-{person.pk}" if person and _concerns(request, person) else address_of(request)


def account_key(request: HttpRequest, name: str) -> str:
    """Under what wrong passwords for this name are counted: one key for all ways to write it.

    Nickname and address of one account are one. There is one look in any case, so time tells nothing.
    """
    name = name.strip()
    account = tried_account(request, name)
    if account is None:
        return folded(name)
    return f"{'known' if known_person(request) == account else 'account'}-{account.pk}"


def tried_account(request: HttpRequest, name: str) -> User | None:
    """Whose account somebody tries to get into; looked up once for each request."""
    tried: dict[str, User | None] = request.__dict__.setdefault("_tried_accounts", {})
    if name not in tried:
        tried[name] = User.objects.called(name) if name.isprintable() else None
    return tried[name]


def folded(name: str) -> str:
    """Without case, accents and compatibility forms (Unicode TR15), so that spelling brings no further tries."""
    parts = unicodedata.normalize("NFKD", nickname_key(name.strip()))
    return "".join(character for character in parts if not unicodedata.combining(character)).casefold()


def limits_work() -> bool:
    """Whether the cache keeps what it is given: without it nothing is counted, so nobody is let in."""
    word = get_random_string(12)
    try:
        cache.set(f"limits:{word}", word, 10)
        return bool(cache.get(f"limits:{word}") == word)
    except Exception:  # each kind of cache has errors of its own
        return False


class NothingCounts(Exception):
    """The cache in which tries are counted does not answer; accounts.middleware makes a page of it."""


def require_limits() -> None:
    """Raises NothingCounts where a secret could be tried without end."""
    if not limits_work():
        raise NothingCounts


def _concerns(request: HttpRequest, person: User) -> bool:
    """Whether every account is theirs that the request names, is signed in with, or is at the second step of."""
    if request.user.is_authenticated:
        return request.user == person
    said = [_is_called(person, name) for field in ("nickname", "email") if (name := request.POST.get(field, ""))]
    if half_done := request.session.get(LOGIN_SESSION_KEY):
        said.append(half_done.get("user_pk") == user_pk_to_url_str(person))
    return bool(said) and all(said)


def _is_called(person: User, name: str) -> bool:
    return name.strip().lower() == person.email or nickname_key(name.strip()) == person.nickname_key


def _clean(text: str) -> IPv4Address | IPv6Address | None:
    """An address, with or without port; an IPv4 address that came as IPv6 is one again."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
