"""Sessions: what their owner sees and ends, how long they last, and how little is kept about them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.sessions import device_of
from tests.accounts.entrance import letters, sign_in
from tests.accounts.proofs import add_passkey, app_code, is_signed_in, prove, set_up_app
from tests.factories import PASSWORD

pytestmark = pytest.mark.any_database

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.5 Mobile/15E148 Safari/604.1"
)
CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
EDGE = CHROME.replace("X11; Linux x86_64", "Windows NT 10.0") + " Edg/140.0.0.0"


def browser(user_agent: str = FIREFOX, address: str = "203.0.113.77", who: str = "ann") -> Client:
    client = Client(headers={"User-Agent": user_agent}, REMOTE_ADDR=address)
    assert sign_in(client, who).status_code == 302
    return client


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [(FIREFOX, "Firefox · Windows"), (IPHONE, "Safari · iPhone"), (CHROME, "Chrome · Linux"), (EDGE, "Edge · Windows"),
     ("curl/8", ""), ("", "")],
)  # fmt: skip
def test_a_device_is_named_as_people_name_it(user_agent: str, words: str) -> None:
    assert device_of(user_agent) == words


def test_ann_sees_where_she_is_signed_in(ann: User) -> None:
    here, _phone = browser(), browser(IPHONE)
    page = here.get("/account/sessions/").content.decode()
    assert page.index("Firefox · Windows") < page.index("this device") < page.index("Safari · iPhone")


def test_little_is_kept_of_a_session(ann: User) -> None:
    browser()
    browser(address="2001:db8:1:2:3:4:5:6")
    rows = UserSession.objects.order_by("pk")
    assert [str(row.ip) for row in rows] == ["203.0.113.0", "2001:db8:1::"]
    assert [row.user_agent for row in rows] == ["Firefox · Windows"] * 2


def test_she_ends_one_and_all_others(ann: User) -> None:
    here, phone, tablet = browser(), browser(IPHONE), browser(CHROME)
    row = UserSession.objects.get(user_agent="Safari · iPhone")
    here.post(f"/account/sessions/{row.pk}/end/")
    assert (is_signed_in(phone), is_signed_in(tablet)) == (False, True)
    here.post("/account/sessions/")
    assert (is_signed_in(here), is_signed_in(tablet)) == (True, False)


def test_she_ends_the_one_she_is_in(ann: User) -> None:
    here = browser()
    assert here.post(f"/account/sessions/{UserSession.objects.get().pk}/end/")["Location"] == "/account/login/"
    assert not is_signed_in(here)


def test_nobody_ends_the_sessions_of_others(ann: User, ben: User) -> None:
    hers, his = browser(), browser(who="ben")
    row = UserSession.objects.get(user=ann)
    assert his.post(f"/account/sessions/{row.pk}/end/").status_code == 404
    his.post("/account/sessions/")
    assert is_signed_in(hers)


def test_a_new_password_ends_all_others(ann: User) -> None:
    here, phone = browser(), browser(IPHONE)
    prove(here)
    here.post("/account/password/change/", {"oldpassword": PASSWORD, "password": "another-horse-battery"})
    assert here.get("/account/").status_code == 200
    assert phone.get("/account/").status_code == 302
    assert "Safari" not in here.get("/account/sessions/").content.decode()


def test_the_key_changes_whenever_somebody_becomes_more_trusted(stella: User, client: Client) -> None:
    client.get("/account/login/")
    client.session.save()
    keys = [client.session.session_key]
    sign_in(client, "stella")
    client.post("/account/login/second/", {"code": app_code()})
    keys.append(client.session.session_key)
    prove(client)
    client.post("/account/password/change/", {"oldpassword": PASSWORD, "password": "another-horse-battery"})
    keys.append(client.session.session_key)
    assert is_signed_in(client)
    assert len(set(keys)) == 3
    assert UserSession.objects.count() == 1


def test_a_first_factor_ends_what_was_opened_without_it(ann: User) -> None:
    here, phone = browser(), browser(IPHONE)
    prove(here)
    set_up_app(here)
    assert here.get("/account/").status_code == 200
    assert phone.get("/account/").status_code == 302
    assert "Safari" not in here.get("/account/sessions/").content.decode()


def test_so_does_a_first_passkey_and_a_second_factor_ends_none(ann: User, login: Callable[[User], Client]) -> None:
    here, phone = browser(), browser(IPHONE)
    prove(here)
    add_passkey(here)
    assert phone.get("/account/").status_code == 302
    tablet = login(ann)
    set_up_app(here)
    assert here.get("/account/").status_code == tablet.get("/account/").status_code == 200


@pytest.mark.parametrize(("role", "hours", "stays"), [("", 20, True), ("staff", 20, False), ("", 337, False)])
def test_who_was_away_for_too_long_signs_in_again(
    role: str, hours: int, stays: bool, ann: User, login: Callable[[User], Client]
) -> None:
    ann.role = role
    ann.save()
    client = login(ann)
    with time_machine.travel(timezone.now() + timedelta(hours=hours)):
        assert (client.get("/account/").status_code == 200) is stays
        assert is_signed_in(client) is stays


def test_nobody_stays_for_ever(ann: User) -> None:
    client, begin = browser(), timezone.now()
    for day in range(0, 29, 7):
        with time_machine.travel(begin + timedelta(days=day)):
            assert client.get("/account/").status_code == 200
    with time_machine.travel(begin + timedelta(days=29, hours=23)):
        assert client.get("/account/").status_code == 200
    with time_machine.travel(begin + timedelta(days=30, hours=1)):
        assert client.get("/account/").status_code == 302


def test_a_visit_is_no_write(ann: User, django_assert_max_num_queries: Any) -> None:
    client = browser()
    client.get("/account/sessions/")
    seen = UserSession.objects.get().last_seen_at
    client.get("/q/")
    assert UserSession.objects.get().last_seen_at == seen
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        client.get("/q/")
    assert UserSession.objects.get().last_seen_at > seen


def test_whoever_may_not_sign_in_any_more_is_out_at_once(ann: User) -> None:
    client = browser()
    User.objects.filter(pk=ann.pk).update(is_active=False)
    assert client.get("/account/").status_code == 302


# Letters about new devices


def test_the_first_sign_in_is_no_news_and_the_same_device_neither(ann: User) -> None:
    client = browser()
    client.post("/account/logout/")
    sign_in(client, "ann")
    assert letters() == []


def test_a_new_device_is_told_without_address(ann: User) -> None:
    browser()
    browser(IPHONE)
    letter = letters()[-1]
    assert "A sign-in on a new device" in letter.subject
    assert "Safari · iPhone" in letter.body
    assert "203.0.113" not in letter.body


def test_ann_does_without_these_letters(ann: User) -> None:
    here = browser()
    here.post("/account/security/letters/", {"on": ""})
    browser(IPHONE)
    assert letters() == []
    here.post("/account/security/letters/", {"on": "1"})
    browser(CHROME)
    assert len(letters()) == 1


def test_only_who_signs_in_gets_the_cookie_of_a_known_device(ann: User, client: Client) -> None:
    for path in ("/", "/account/login/", "/account/signup/"):
        assert "device" not in client.get(path).cookies
    sign_in(client, "ann", "wrong-horse-battery")
    assert "device" not in client.cookies
    sign_in(client, "ann")
    cookie = client.cookies["device"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
