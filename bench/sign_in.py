"""Does the time of an answer tell whether an account exists? Pairs of tries, one known and one unknown.

The two of a pair come one after the other, in turning order, so that whatever else the machine does strikes both.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

from django.contrib.auth.hashers import Argon2PasswordHasher

from bench.site import site_in_process

if TYPE_CHECKING:
    from django.test import Client

PAIRS = 500
LIMIT = 5
KNOWN, UNKNOWN = "kundin@example.invalid", "niemand@example.invalid"
WRONG = "wrong-horse-battery"


class ShortArgon2(Argon2PasswordHasher):
    """Some 20 ms instead of some 100: one computation more or less is still far beyond the limit."""

    time_cost, memory_cost, parallelism = 2, 32 * 1024, 1


def main() -> None:
    with site_in_process():
        _measure()


def _measure() -> None:
    from allauth.account.models import EmailAddress
    from django.conf import settings

    from accounts.models import User
    from forum.models import Company

    # Whoever is counted waits: here it is the work that is measured, not the limits.
    settings.ACCOUNT_RATE_LIMITS = False
    logging.disable(logging.WARNING)  # every wrong password is worth a line
    settings.PASSWORD_HASHERS = ["bench.sign_in.ShortArgon2"]
    Company.objects.create(pk=1, name="Bench", languages="de")
    user = User.objects.create_user("kundin", KNOWN, "right-horse-battery")
    EmailAddress.objects.create(user=user, email=KNOWN, verified=True, primary=True)
    for name, send in WAYS.items():
        difference = _difference(send)
        print(f"sign_in_{name} {difference:.2f} ms (limit ≤ {LIMIT}; medians of {PAIRS} known and unknown)", flush=True)


def _difference(send: Callable[[Client, str], None]) -> float:
    """Of the medians, in milliseconds."""
    from django.test import Client

    times: dict[str, list[float]] = {KNOWN: [], UNKNOWN: []}
    for number in range(PAIRS + 5):
        for address in (KNOWN, UNKNOWN) if number % 2 else (UNKNOWN, KNOWN):
            client = Client()
            begin = perf_counter()
            send(client, address)
            if number >= 5:  # the first few fill caches
                times[address].append(perf_counter() - begin)
    return abs(median(times[KNOWN]) - median(times[UNKNOWN])) * 1000


def _post(client: Client, path: str, status: int, **data: str) -> None:
    response = client.post(path, data, secure=True)
    if response.status_code != status:
        raise SystemExit(f"{path} answers {response.status_code}.")


def _password(client: Client, address: str) -> None:
    _post(client, "/account/login/", 422, nickname=address, password=WRONG)


def _code(client: Client, address: str) -> None:
    _post(client, "/account/login/code/", 302, email=address)


def _new_password(client: Client, address: str) -> None:
    _post(client, "/account/password/reset/", 302, email=address)


WAYS: dict[str, Callable[[Client, str], None]] = {
    "by_password": _password,
    "by_code": _code,
    "new_password": _new_password,
}


if __name__ == "__main__":
    main()
