"""Failed tries to sign in: their owner sees them, nobody else, and whoever tries without end writes little."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.erasure import erase_account
from accounts.models import FailedSignIn, User
from forum.models import Company
from tests.accounts.entrance import sign_in
from tests.accounts.privacy import copy_of, everything_kept
from tests.accounts.proofs import app_code
from tests.factories import protect

Login = Callable[[User], Client]
WRONG = "wrong-horse-battery"
STRANGER, HOME = "198.51.100.7", "203.0.113.5"


def try_in(count: int, name: str = "ann", address: str = STRANGER) -> None:
    for _number in range(count):
        cache.clear()  # as if it were days; the limits are tried elsewhere
        sign_in(Client(REMOTE_ADDR=address), name, WRONG)


def at_home(name: str = "ann") -> Client:
    client = Client(REMOTE_ADDR=HOME)
    assert sign_in(client, name).status_code == 302
    return client


def page(client: Client) -> str:
    return " ".join(client.get("/account/security/").content.decode().split())


def test_ann_sees_the_tries_since_she_was_here_before(ann: User) -> None:
    try_in(1)
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        at_home()
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        try_in(2, "ANN@example.org")
        try_in(1, "ann", HOME)
    with time_machine.travel(timezone.now() + timedelta(hours=3)):
        seen = page(at_home())
    assert "3 since your previous sign-in" in seen
    assert "From the network that you use now: 1." in seen
    assert "Nobody got in with them" in seen


def test_she_reads_that_there_were_none(ann: User) -> None:
    at_home()
    assert "None since your previous sign-in" in page(at_home())


def test_at_her_first_sign_in_she_sees_what_is_kept(ann: User) -> None:
    assert "None in the past 30 days." in page(at_home())
    try_in(1)
    User.objects.update(last_login=None)
    assert "1 in the past 30 days." in page(at_home())


def test_what_was_long_ago_is_not_said_to_be_since_then(ann: User, settings: Any) -> None:
    settings.FAILED_SIGN_IN_DAYS = 1
    with time_machine.travel(timezone.now() - timedelta(days=3)):
        at_home()
    assert "None in the past day." in page(at_home())


def test_a_wrong_second_step_counts_most_of_all(ann: User) -> None:
    protect(ann)
    thief = Client(REMOTE_ADDR=STRANGER)
    sign_in(thief, "ann")
    thief.post("/account/login/second/", {"code": "000000"})
    hers = at_home()
    assert hers.post("/account/login/second/", {"code": app_code()}).status_code == 302
    assert "1 in the past 30 days." in page(hers)


def test_a_wrong_password_at_the_page_that_asks_once_more_counts(ann: User, login: Login) -> None:
    login(ann).post("/account/reauthenticate/", {"password": WRONG})
    assert FailedSignIn.objects.into(ann).count() == 1


def test_nobody_sees_those_of_others(ann: User, ben: User, olga: User, login: Login) -> None:
    try_in(3)
    for other in (ben, olga):
        assert "None in the past 30 days." in page(login(other))
    assert Client().get("/account/security/").status_code == 302


@pytest.mark.parametrize("name", ["ann", "ann@example.org", "nobody", "nobody@example.org", "\x00", "x" * 5000, ""])
def test_neither_name_nor_address_is_kept(ann: User, name: str) -> None:
    try_in(1, name)
    rows = str(list(FailedSignIn.objects.values("whose_digest", "network_digest")))
    assert FailedSignIn.objects.count() == (1 if name.strip("\x00") else 0)
    assert not any(word in rows for word in ("ann", "nobody", "198.51"))
    assert "198.51.100" not in everything_kept()


def test_of_one_name_twenty_a_day_are_kept(ann: User) -> None:
    try_in(23)
    try_in(23, "nobody")
    assert FailedSignIn.objects.count() == 40
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        try_in(1)
    assert FailedSignIn.objects.into(ann).count() == 21


def test_what_is_refused_for_being_too_often_is_not_written(ann: User) -> None:
    for number in range(8):
        sign_in(Client(REMOTE_ADDR=f"198.51.100.{number}"), "ann", WRONG)
    assert FailedSignIn.objects.count() == 5


def test_a_name_that_nobody_has_takes_the_same_work(ann: User) -> None:
    work = []
    for name in ("ann", "nobody", "ann@example.org", "nobody@example.org"):
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            sign_in(Client(REMOTE_ADDR=STRANGER), name, WRONG)
        work.append([query["sql"].split()[0] for query in queries.captured_queries])
    assert work[0] == work[1]
    assert work[2] == work[3]
    assert work[0].count("INSERT") == 1


def test_a_right_password_leaves_none(ann: User) -> None:
    at_home()
    assert not FailedSignIn.objects.exists()


def test_they_are_in_her_copy_and_go_with_her_account(ann: User, ben: User) -> None:
    try_in(2)
    try_in(1, "ben")
    assert [set(row) for row in copy_of(ann)["failed_sign_ins"]] == [{"at"}, {"at"}]
    erase_account(user=ann, keep_posts=True)
    assert FailedSignIn.objects.count() == FailedSignIn.objects.into(ben).count() == 1


def test_after_a_new_secret_key_she_still_sees_them(ann: User, settings: Any) -> None:
    try_in(2)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "y" * 60
    assert FailedSignIn.objects.into(ann).count() == 2


def test_it_is_said_in_german(ann: User, company: Company) -> None:
    Company.objects.update(languages="de", tone="du")
    try_in(1)
    at_home()
    assert "Keine seit deiner vorigen Anmeldung" in page(at_home())
