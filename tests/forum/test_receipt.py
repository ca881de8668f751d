"""Who comes back with the code is in the room again, for this visit; nobody else is, and nobody can try for long."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone

from accounts.models import PingAddress, User
from forum.actions.conversations import close_conversation, send_message
from forum.models import Conversation, Message, Receipt, Topic
from forum.receipt_code import check_digit
from tests.factories import CODE, make_receipt, make_topic

Login = Callable[[User], Client]
URL = "/private/receipt/"
# A code with a right check digit that nobody has.
NOBODYS = "123456789012345" + check_digit("123456789012345")


@pytest.fixture
def topic(stella: User) -> Topic:
    return make_topic("Intimate care", "intimate-care", channel="private", discreet=True, staff=[stella])


@pytest.fixture
def receipt(topic: Topic) -> Receipt:
    return make_receipt(topic, "A rash", "It itches.", email="quiet@example.org", language="en")


@pytest.fixture
def room(receipt: Receipt) -> Conversation:
    return receipt.conversation


@pytest.fixture
def inside(client: Client, receipt: Receipt) -> Client:
    client.post(URL, {"code": CODE})
    return client


def test_the_code_opens_the_same_room(client: Client, room: Conversation) -> None:
    response = client.post(URL, {"code": "4821 7300-9615 4833"})
    assert response["Location"] == room.get_absolute_url()
    page = client.get(room.get_absolute_url())
    assert "It itches." in page.text
    assert "no-store" in page["Cache-Control"]


def test_the_visit_ends_with_the_browser_and_is_for_our_pages_alone(client: Client, receipt: Receipt) -> None:
    cookie = client.post(URL, {"code": CODE}).cookies["room"]
    assert (cookie["max-age"], cookie["expires"]) == ("", "")
    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"
    assert "session" not in client.cookies


def test_the_holder_replies_closes_and_opens_again(inside: Client, room: Conversation, stella: User) -> None:
    path = room.get_absolute_url()
    send_message(conversation=room, author=stella, text="Use the oat one.", waiting_on="asker")
    assert "Use the oat one." in inside.get(path).text
    assert Message.objects.get(posted_as_name="Stella Stern").read_at
    assert inside.post(path, {"text": "Thank you."}).status_code == 302
    said = Message.objects.order_by("created_at").last()
    assert said
    assert (said.text, said.author, said.shown_name) == ("Thank you.", None, "Without an account")
    room.refresh_from_db()
    assert room.waiting_on == "us"
    inside.post(f"{path}close/")
    room.refresh_from_db()
    assert (room.is_closed, room.closed_by, room.closed_by_name) == (True, None, "")
    assert "by who wrote without an account" in inside.get(path).text
    inside.post(f"{path}reopen/")
    room.refresh_from_db()
    assert not room.is_closed


def test_the_same_words_twice_in_a_moment_are_one_message(inside: Client, room: Conversation) -> None:
    for _ in range(2):
        inside.post(room.get_absolute_url(), {"text": "Thank you."})
    assert room.messages.count() == 2


def test_the_holder_is_a_visitor_everywhere_else(inside: Client, room: Conversation, topic: Topic, ann: User) -> None:
    other = make_receipt(topic, code="1234567890123450")
    assert inside.get("/private/").status_code == 302
    assert inside.get("/desk/").status_code == 302
    assert inside.get("/account/").status_code == 302
    # Not found for who is in another room, as one that never was.
    for path in (other.conversation.get_absolute_url(), "/private/00000000-0000-4000-8000-000000000000/"):
        assert inside.get(path)["Location"] == URL


def test_one_code_opens_one_room(inside: Client, topic: Topic, room: Conversation) -> None:
    make_receipt(topic, "Another", "Something else.", code="1234567890123450")
    inside.post(URL, {"code": "1234567890123450"})
    assert inside.get(room.get_absolute_url())["Location"] == URL


def test_a_code_that_nobody_has_and_a_slip_of_the_pen_are_answered_at_the_field(
    client: Client, receipt: Receipt
) -> None:
    for typed, sentence in ((NOBODYS, "This code opens nothing"), (CODE[:-1] + "0", "A digit is missing")):
        response = client.post(URL, {"code": typed})
        assert response.status_code == 422
        assert sentence in response.text
        assert "room" not in response.cookies


def test_what_may_be_a_code_is_not_shown_again(client: Client, receipt: Receipt) -> None:
    assert NOBODYS not in client.post(URL, {"code": NOBODYS}).text


def test_a_code_that_nobody_has_takes_as_much_work(client: Client, receipt: Receipt) -> None:
    """The slow hash is looked at once for each, the number of queries is the same."""
    with patch("forum.models.receipt.check_password", return_value=False) as look:
        client.post(URL, {"code": CODE})
        client.post(URL, {"code": NOBODYS})
    assert look.call_count == 2


def test_after_five_tries_there_is_a_minute_of_rest(client: Client, receipt: Receipt) -> None:
    for _ in range(5):
        client.post(URL, {"code": NOBODYS})
    assert "wait a minute" in client.post(URL, {"code": CODE}).text
    assert Client().post(URL, {"code": CODE}, REMOTE_ADDR="198.51.100.7").status_code == 302


def test_slips_of_the_pen_are_no_tries(client: Client, receipt: Receipt) -> None:
    for _ in range(8):
        client.post(URL, {"code": CODE[:-1] + "0"})
    assert client.post(URL, {"code": CODE}).status_code == 302


def test_while_everywhere_tries_an_honest_holder_still_gets_in(client: Client, receipt: Receipt, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"receipt_try_everywhere": "2/m/key"}
    for number in range(4):
        client.post(URL, {"code": NOBODYS}, REMOTE_ADDR=f"203.0.113.{number}")
    slowed = [client.post(URL, {"code": NOBODYS}, REMOTE_ADDR="203.0.113.9") for _ in range(2)]
    assert "wait a minute" in slowed[-1].text
    assert client.post(URL, {"code": CODE}, REMOTE_ADDR="198.51.100.7").status_code == 302


def test_without_the_cache_no_code_is_looked_at(client: Client, receipt: Receipt, settings: Any) -> None:
    for backend in ("tests.broken_cache.BrokenCache", "django.core.cache.backends.dummy.DummyCache"):
        settings.CACHES = {"default": {"BACKEND": backend}}
        assert client.post(URL, {"code": CODE}).status_code == 503


def test_after_half_an_hour_the_room_is_locked(inside: Client, room: Conversation) -> None:
    path = room.get_absolute_url()
    with patch.object(signing.time, "time", return_value=timezone.now().timestamp() + 31 * 60):
        assert inside.get(path)["Location"] == URL
        response = inside.post(path, {"text": "Still here?"})
    assert response.status_code == 401
    assert "Still here?" in response.text


def test_who_is_busy_is_not_locked_out(inside: Client, room: Conversation) -> None:
    for minutes in (20, 40, 60):
        with patch.object(signing.time, "time", return_value=timezone.now().timestamp() + minutes * 60):
            assert inside.get(room.get_absolute_url()).status_code == 200


def test_leaving_the_room_locks_it_on_every_device(inside: Client, room: Conversation) -> None:
    elsewhere = Client()
    elsewhere.post(URL, {"code": CODE})
    kept = inside.cookies["room"].value
    inside.post("/private/receipt/leave/")
    assert inside.cookies["room"].value == ""
    inside.cookies["room"] = kept
    assert [reader.get(room.get_absolute_url()).status_code for reader in (inside, elsewhere)] == [302, 302]
    assert inside.post(URL, {"code": CODE}).status_code == 302


@pytest.mark.parametrize("cookie", ["", "x", "W10:1:x", "WzEsIngiLDFd:1tq:abc", "\x00", "é"])
def test_a_cookie_that_we_did_not_sign_opens_nothing(client: Client, room: Conversation, cookie: str) -> None:
    # As a header: newer Pythons make no such cookies, but others may send them.
    assert client.get(room.get_absolute_url(), HTTP_COOKIE=f"room={cookie}").status_code == 302


def test_somebody_with_an_account_comes_in_by_code_too(login: Login, ben: User, room: Conversation) -> None:
    reader = login(ben)
    reader.post(URL, {"code": CODE})
    page = reader.get(room.get_absolute_url())
    assert "It itches." in page.text
    assert "ben" not in page.text
    reader.post(room.get_absolute_url(), {"text": "It is me."})
    assert not Message.objects.filter(author=ben).exists()
    assert reader.get("/private/").status_code == 200


def test_who_serves_the_topic_stays_on_the_staffs_side(login: Login, stella: User, room: Conversation) -> None:
    reader = login(stella)
    reader.post(URL, {"code": CODE})
    assert reader.get(room.get_absolute_url()).context["serving"]


def test_the_address_is_asked_for_and_forgotten_in_the_room(inside: Client, room: Conversation) -> None:
    path = f"{room.get_absolute_url()}ping/"
    inside.post(path, {"email": ""})
    assert not PingAddress.objects.exists()
    inside.post(path, {"email": "none"})
    assert not PingAddress.objects.exists()
    inside.post(path, {"email": "other@example.org"})
    assert PingAddress.objects.get().address == "other@example.org"
    assert "other@example.org" not in inside.get(room.get_absolute_url()).text


def test_the_address_goes_when_the_room_is_closed(room: Conversation, stella: User) -> None:
    close_conversation(conversation=room, by=stella)
    assert not PingAddress.objects.exists()


def test_the_head_of_every_page_tells_nothing(inside: Client, room: Conversation, topic: Topic) -> None:
    for path in (URL, room.get_absolute_url(), topic.get_absolute_url(), f"/private/new/?topic={topic.pk}"):
        page = inside.get(path)
        head = page.text.split("</head>")[0]
        assert "<title>Private conversation</title>" in head
        assert 'content="noindex, nofollow"' in head
        assert "data-quick-exit" in page.text
        assert not [word for word in ("ntimate", "rash", "og:", "quiet") if word in head + path]
        assert "no-store" in page["Cache-Control"]


def test_a_conversation_that_is_deleted_takes_receipt_and_address_along(room: Conversation, topic: Topic) -> None:
    from forum.actions.receipts import delete_ping_addresses

    room.delete()
    delete_ping_addresses(timezone.now())
    assert not Receipt.objects.exists()
    assert not PingAddress.objects.exists()
    kept = make_receipt(topic, email="quiet@example.org")
    delete_ping_addresses(timezone.now() + timedelta(days=179))
    assert PingAddress.objects.count() == 1
    delete_ping_addresses(timezone.now() + timedelta(days=181))
    assert not PingAddress.objects.exists()
    assert Receipt.objects.get() == kept
