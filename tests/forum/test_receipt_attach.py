"""Ann takes a room over into her account: signed in, and with the code."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import PingAddress, User
from forum.models import Conversation, HealthConsent, Receipt
from tests.accounts.privacy import copy_of
from tests.factories import CODE, make_receipt, make_topic

Login = Callable[[User], Client]
URL = "/private/receipt/attach/"


@pytest.fixture
def room(stella: User) -> Conversation:
    topic = make_topic("Skin", "skin", channel="private", health_data=True, staff=[stella])
    return make_receipt(topic, "A rash", "It itches.", email="quiet@example.org").conversation


def test_visitors_are_asked_to_sign_in(client: Client, room: Conversation) -> None:
    assert client.get(URL)["Location"] == f"/account/login/?next={URL}"
    assert client.post(URL, {"code": CODE}).status_code == 401
    assert Receipt.objects.exists()


def test_the_room_becomes_anns_and_the_code_ends(login: Login, ann: User, room: Conversation) -> None:
    customer = login(ann)
    assert customer.post(URL, {"code": CODE})["Location"] == room.get_absolute_url()
    room.refresh_from_db()
    assert (room.customer, room.customer_shown) == (ann, "ann")
    assert room.messages.get().author == ann
    assert HealthConsent.objects.get().user == ann
    assert not Receipt.objects.exists()
    assert not PingAddress.objects.exists()
    assert "It itches." in customer.get(room.get_absolute_url()).text
    assert "This code opens nothing" in Client().post("/private/receipt/", {"code": CODE}).text


def test_whoever_was_inside_by_the_code_is_out(login: Login, ann: User, room: Conversation) -> None:
    inside = Client()
    inside.post("/private/receipt/", {"code": CODE})
    login(ann).post(URL, {"code": CODE})
    assert inside.get(room.get_absolute_url()).status_code == 302


def test_a_wrong_code_takes_over_nothing(login: Login, ann: User, room: Conversation) -> None:
    assert login(ann).post(URL, {"code": "1234 5678 9012 3450"}).status_code == 422
    room.refresh_from_db()
    assert room.customer is None


def test_somebody_suspended_takes_over_nothing(login: Login, ann: User, room: Conversation) -> None:
    User.objects.filter(pk=ann.pk).update(suspended_at=timezone.now())
    assert login(ann).post(URL, {"code": CODE}).status_code == 403


def test_room_and_consent_stand_in_anns_copy_from_then_on(login: Login, ann: User, room: Conversation) -> None:
    assert not copy_of(ann)["conversations"]
    login(ann).post(URL, {"code": CODE})
    copy = copy_of(ann)
    assert [row["subject"] for row in copy["conversations"]] == ["A rash"]
    assert [row["conversation"] for row in copy["health_consents"]] == [str(room.pk)]
