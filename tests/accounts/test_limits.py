"""Tries are counted right: by whom, behind servers, in parallel; and nobody can shut out anybody else."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client, RequestFactory

from accounts import limits
from accounts.limits import UNKNOWN, account_key, address_of, folded
from accounts.models import User
from forum.models import Company
from tests.accounts.entrance import sign_in
from tests.accounts.proofs import app_code, is_signed_in
from tests.factories import PASSWORD, protect

pytestmark = pytest.mark.any_database

WRONG = "wrong-horse-battery"
TOO_OFTEN = "This was tried too often"


def tries(client: Client, count: int, name: str = "ann", **more: Any) -> list[str]:
    """The pages after so many wrong passwords; `{}` in the name stands for the number of the try."""
    return [
        client.post("/account/login/", {"nickname": name.format(number), "password": WRONG}, **more).content.decode()
        for number in range(count)
    ]


def is_refused(page: str) -> bool:
    return TOO_OFTEN in page or "A little slower, please" in page


@pytest.mark.parametrize(
    ("count", "remote", "forwarded", "address"),
    [
        (0, "203.0.113.9", "198.51.100.1", "203.0.113.9"),
        (1, "127.0.0.1", "198.51.100.1", "198.51.100.1"),
        (1, "127.0.0.1", "6.6.6.6, 198.51.100.1", "198.51.100.1"),
        (2, "127.0.0.1", "6.6.6.6, 198.51.100.1, 10.0.0.1", "198.51.100.1"),
        (2, "127.0.0.1", "198.51.100.1", "127.0.0.1"),
        (1, "203.0.113.9", "", "203.0.113.9"),
        (1, "", "198.51.100.1", "198.51.100.1"),
        (2, "", "198.51.100.1", "198.51.100.1"),
        (0, "", "198.51.100.1", UNKNOWN),
        (0, "", "", UNKNOWN),
        (1, "127.0.0.1", "198.51.100.1:4711", "198.51.100.1"),
        (1, "127.0.0.1", "[2001:db8::1]:4711", "2001:db8::1"),
        (0, "::ffff:203.0.113.9", "", "203.0.113.9"),
        (1, "127.0.0.1", "nonsense", UNKNOWN),
    ],
)
def test_the_address_is_the_one_that_our_own_servers_told(
    settings: Any, count: int, remote: str, forwarded: str, address: str
) -> None:
    settings.TRUSTED_PROXY_COUNT = count
    more: dict[str, Any] = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    assert address_of(RequestFactory().get("/", REMOTE_ADDR=remote, **more)) == address


@pytest.mark.parametrize(
    ("count", "remote", "forwarded", "said"),
    [
        (0, "", "", "No address"), (1, "127.0.0.1", "", "Fewer servers"), (2, "10.0.0.1", "9.9.9.9", "Fewer servers"),
        (0, "127.0.0.1", "9.9.9.9", "is 0"), (0, "9.9.9.9", "6.6.6.6", ""), (1, "127.0.0.1", "9.9.9.9", ""),
    ],
)  # fmt: skip
def test_the_log_says_once_when_a_setting_makes_many_visitors_one(
    settings: Any, caplog: pytest.LogCaptureFixture, count: int, remote: str, forwarded: str, said: str
) -> None:
    """A header that somebody forges who comes without a server is no sign of one."""
    settings.TRUSTED_PROXY_COUNT = count
    more: dict[str, Any] = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    limits._warn.cache_clear()
    for _request in range(3):
        address_of(RequestFactory().get("/", REMOTE_ADDR=remote, **more))
    messages = [record.getMessage() for record in caplog.records]
    assert len(messages) == bool(said)
    assert said in "".join(messages)


def test_a_forged_header_brings_no_further_tries(client: Client, ann: User) -> None:
    pages = [tries(client, 1, f"nobody{n}", HTTP_X_FORWARDED_FOR=f"6.6.6.{n}")[0] for n in range(11)]
    assert [is_refused(page) for page in pages] == [False] * 10 + [True]


def test_behind_a_server_everybody_counts_alone(client: Client, ann: User, settings: Any) -> None:
    settings.TRUSTED_PROXY_COUNT = 1
    forged = [tries(client, 1, f"nobody{n}", HTTP_X_FORWARDED_FOR=f"6.6.6.{n}, 198.51.100.1")[0] for n in range(11)]
    assert is_refused(forged[-1])
    assert sign_in(Client(HTTP_X_FORWARDED_FOR="198.51.100.2"), "ann").status_code == 302


@pytest.mark.parametrize("count", [0, 1])
def test_a_site_at_a_socket_lets_people_in(ann: User, settings: Any, count: int) -> None:
    settings.TRUSTED_PROXY_COUNT = count
    assert sign_in(Client(REMOTE_ADDR="", HTTP_X_FORWARDED_FOR="198.51.100.1"), "ann").status_code == 302
    assert sign_in(Client(REMOTE_ADDR=""), "ann").status_code == 302


def test_a_network_of_many_addresses_is_one_visitor(company: Company) -> None:
    same = [tries(Client(REMOTE_ADDR=f"2001:db8:1:2::{n}"), 1, f"nobody{n}")[0] for n in range(11)]
    assert is_refused(same[-1])
    assert not is_refused(tries(Client(REMOTE_ADDR="2001:db8:1:3::1"), 1)[0])


@pytest.mark.parametrize(
    "spelling", ["KÄTHE", "käthe", "kathe", "Ｋäthe", unicodedata.normalize("NFD", "Käthe"), " Käthe "]
)
def test_spelling_brings_no_further_tries(spelling: str, company: Company) -> None:
    assert folded(spelling) == folded("Käthe")
    for number in range(5):
        tries(Client(REMOTE_ADDR=f"198.51.100.{number}"), 1, "Käthe")
    assert is_refused(tries(Client(REMOTE_ADDR="203.0.113.1"), 1, spelling)[0])


def besiege(name: str = "ann") -> None:
    """Strangers from everywhere use up the tries for this name."""
    for number in range(6):
        tries(Client(REMOTE_ADDR=f"198.51.100.{number}"), 1, name)


@pytest.fixture
def her_laptop(ann: User) -> Client:
    """Ann has signed in there before, and is signed out."""
    laptop = Client(REMOTE_ADDR="203.0.113.5")
    sign_in(laptop, "ann")
    laptop.post("/account/logout/")
    return laptop


def test_strangers_do_not_shut_out_ann_from_her_own_device(her_laptop: Client) -> None:
    besiege()
    besiege("ann@example.org")
    assert is_refused(sign_in(Client(REMOTE_ADDR="203.0.113.6"), "ann").content.decode())
    assert sign_in(her_laptop, "ann").status_code == 302
    her_laptop.post("/account/logout/")
    assert sign_in(her_laptop, "Ann@example.org").status_code == 302


def test_nor_does_somebody_behind_the_same_address(her_laptop: Client) -> None:
    tries(Client(REMOTE_ADDR="203.0.113.5"), 35, "nobody{}")
    assert Client(REMOTE_ADDR="203.0.113.5").post("/account/login/", {}).status_code == 429
    assert sign_in(her_laptop, "ann").status_code == 302


def test_a_known_device_can_not_guess_without_end(her_laptop: Client) -> None:
    pages = tries(her_laptop, 6)
    assert [is_refused(page) for page in pages] == [False] * 5 + [True]


def test_a_known_device_tries_others_as_one_visitor_like_any(her_laptop: Client) -> None:
    pages = [tries(Client(REMOTE_ADDR="203.0.113.5"), 1, f"nobody{n}")[0] for n in range(10)]
    assert not any(is_refused(page) for page in pages)
    assert is_refused(tries(her_laptop, 1, "somebody")[0])
    both = {"nickname": "somebody", "email": "ann@example.org", "password": WRONG}
    assert is_refused(her_laptop.post("/account/login/", both).content.decode())
    assert sign_in(her_laptop, "ann").status_code == 302


@pytest.mark.parametrize(("name", "other"), [("ann", "Ann@Example.org"), ("ann@example.org", "ANN")])
def test_nickname_and_address_are_one_count(ann: User, name: str, other: str) -> None:
    for number in range(5):
        tries(Client(REMOTE_ADDR=f"198.51.100.{number}"), 1, name)
    assert is_refused(tries(Client(REMOTE_ADDR="203.0.113.1"), 1, other)[0])


@pytest.mark.parametrize("name", ["a\x00b", "a@\x00", "x" * 5000, "@"])
def test_odd_names_are_counted_too(company: Company, rf: RequestFactory, name: str) -> None:
    assert account_key(rf.get("/"), name) == folded(name)


def test_her_device_is_known_for_her_alone(her_laptop: Client, ben: User) -> None:
    besiege("ben")
    assert is_refused(sign_in(her_laptop, "ben").content.decode())


@pytest.mark.parametrize("cookie", ["", "x", "WzEsIngiXQ:1abc:forged", "\x00", "a" * 5000])
def test_a_forged_cookie_is_none(ann: User, cookie: str) -> None:
    besiege()
    # As a header of its own: what a browser may send, Python refuses to write.
    forger = Client(REMOTE_ADDR="203.0.113.7", HTTP_COOKIE=f"device={cookie}")
    assert is_refused(sign_in(forger, "ann").content.decode())


def test_a_new_password_makes_all_devices_unknown(her_laptop: Client, ann: User) -> None:
    ann.set_password("another-horse-battery")
    ann.save()
    besiege()
    assert is_refused(sign_in(her_laptop, "ann", "another-horse-battery").content.decode())


def test_who_knows_the_password_does_not_shut_out_its_owner_at_the_second_step(her_laptop: Client, ann: User) -> None:
    protect(ann)
    thief = Client(REMOTE_ADDR="198.51.100.9")
    sign_in(thief, "ann")
    for number in range(6):
        thief.post("/account/login/second/", {"code": f"{number:06}"})
    sign_in(her_laptop, "ann")
    assert her_laptop.post("/account/login/second/", {"code": app_code()}).status_code == 302
    assert not is_signed_in(thief)


@pytest.fixture
def shared_cache(settings: Any, transactional_db: None) -> Iterator[None]:
    """The cache of production."""
    settings.CACHES = {"default": {"BACKEND": "config.cache.CountingCache", "LOCATION": "cache"}}
    call_command("createcachetable")
    cache.clear()
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE cache")


def test_twenty_at_once_have_no_more_tries_than_one_after_the_other(shared_cache: None) -> None:
    Company.objects.create(pk=1, name="Quellmoos", languages="en", monday="09:00-17:00")
    User.objects.create_user("ann", "ann@example.org", PASSWORD)

    def one(number: int) -> tuple[int, bool]:
        try:
            client = Client(REMOTE_ADDR=f"198.51.100.{number}")
            response = client.post("/account/login/", {"nickname": "ann", "password": WRONG})
            return response.status_code, is_refused(response.content.decode())
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as threads:
        answers = list(threads.map(one, range(20)))
    assert {status for status, _refused in answers} <= {422, 429}
    # allauth waits a second for its turn and refuses who gets none: there may be fewer, never more.
    assert 1 <= sum(not refused for _status, refused in answers) <= 5


# When the limits can not be counted


@pytest.fixture
def _no_cache(settings: Any) -> None:
    settings.CACHES = {"default": {"BACKEND": "tests.broken_cache.BrokenCache"}}


@pytest.mark.usefixtures("_no_cache")
def test_without_limits_nobody_gets_in_and_everybody_can_read(client: Client, ann: User, stella: User) -> None:
    forms: list[tuple[str, dict[str, str]]] = [
        ("/account/login/", {"nickname": "ann", "password": PASSWORD}),
        ("/account/login/code/", {"email": "ann@example.org"}),
        ("/account/password/reset/", {"email": "ann@example.org"}),
        ("/account/signup/", {"nickname": "nora", "email": "nora@example.org", "password": PASSWORD}),
        ("/account/login/passkey/", {"credential": "{}"}),
    ]
    for path, data in forms:
        response = client.post(path, data)
        assert response.status_code == 503, path
        assert "without it we let nobody in" in response.content.decode()
        assert client.get(path).status_code == 200
    assert not is_signed_in(client)
    assert [client.get(path).status_code for path in ("/", "/q/", "/faq/", "/team/", "/search/?q=soap")] == [200] * 5


def test_a_cache_that_goes_in_between_stops_the_second_step(client: Client, stella: User, settings: Any) -> None:
    sign_in(client, "stella")
    settings.CACHES = {"default": {"BACKEND": "tests.broken_cache.BrokenCache"}}
    assert client.post("/account/login/second/", {"code": app_code()}).status_code == 503
    assert not is_signed_in(client)


@pytest.mark.usefixtures("_no_cache")
def test_who_is_in_stays_in(ann: User, client: Client) -> None:
    client.force_login(ann)
    assert client.get("/account/").status_code == 200
    assert client.post("/account/logout/").status_code == 302
