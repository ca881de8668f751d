"""Consent to read about somebody's health: asked before the first message, for new words again, and taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from forum.actions.conversations import delete_expired, send_message
from forum.models import Conversation, HealthConsent, Message, Topic
from tests.accounts.privacy import copy_of
from tests.factories import CODE, make_conversation, make_receipt, make_topic

Login = Callable[[User], Client]


@pytest.fixture
def topic(stella: User) -> Topic:
    return make_topic("Skin", "skin", channel="private", health_data=True, staff=[stella])


@pytest.fixture
def room(ann: User, topic: Topic) -> Conversation:
    return make_conversation(ann, topic, "A rash", "It itches.")


def written(topic: Topic, **other: Any) -> dict[str, Any]:
    return {"topic": topic.pk, "subject": "A rash", "text": "It itches.", **other}


def test_the_box_stands_apart_and_is_not_ticked(login: Login, ann: User, topic: Topic) -> None:
    page = login(ann).get("/private/new/?topic=skin").text
    box = page.split('name="health_consent"')[1].split(">")[0]
    assert "I agree that Quellmoos" in page
    assert "checked" not in box


def test_elsewhere_nobody_is_asked(login: Login, ann: User, topic: Topic, stella: User) -> None:
    orders = make_topic("Orders", "orders", channel="private", staff=[stella])
    assert "I agree that" not in login(ann).get("/private/new/?topic=orders").text
    login(ann).post("/private/new/", written(orders))
    assert not HealthConsent.objects.exists()


def test_without_consent_nothing_is_sent_or_lost(login: Login, ann: User, topic: Topic) -> None:
    response = login(ann).post("/private/new/", written(topic))
    assert response.status_code == 422
    assert "It itches." in response.text
    assert "I agree that Quellmoos" in response.text
    assert not Conversation.objects.exists()


def test_who_agreed_to_what_and_when_is_kept_and_in_the_copy(login: Login, ann: User, topic: Topic) -> None:
    login(ann).post("/private/new/", written(topic, health_consent="on"))
    consent = HealthConsent.objects.get()
    assert (consent.user, consent.language) == (ann, "en")
    row = copy_of(ann)["health_consents"][0]
    assert row["text"] == consent.text
    assert row["text_version"] == consent.text_version
    assert row["given_at"]
    assert row["withdrawn_at"] is None


def test_for_new_words_the_next_message_asks_again_and_then_arrives(
    login: Login, ann: User, room: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("forum.models.consent.CONSENT_VERSION", "2031-01")
    customer, path = login(ann), room.get_absolute_url()
    assert "Before your next message" in customer.get(path).text
    response = customer.post(path, {"text": "It still does."})
    assert response.status_code == 422
    assert "It still does." in response.text
    assert room.messages.count() == 1
    refused = customer.post(f"{path}consent/", {"agree": "1", "text": "It still does."})
    assert refused.status_code == 422
    sent = customer.post(
        f"{path}consent/", {"agree": "1", "health_consent": "on", "text": "It still does."}, follow=True
    )
    assert sent.redirect_chain[0] == (path, 307)
    assert Message.objects.order_by("created_at").last().text == "It still does."  # type: ignore[union-attr]
    assert sorted(room.health_consents.values_list("text_version", flat=True)) == ["2026-11", "2031-01"]


def test_staff_answer_without_being_asked(login: Login, room: Conversation, stella: User) -> None:
    HealthConsent.objects.all().delete()
    send_message(conversation=room, author=stella, text="Use the oat one.", waiting_on="asker")
    assert "consent" not in login(stella).get(room.get_absolute_url()).text


def test_taking_it_back_closes_the_room_for_all_others_and_deletes_it(
    login: Login, ann: User, stella: User, room: Conversation
) -> None:
    customer, staff, path = login(ann), login(stella), room.get_absolute_url()
    assert "Take my consent back" in customer.get(path).text
    customer.post(f"{path}consent/withdraw/")
    assert "Who can read and answer here" not in customer.get(path).text
    room.refresh_from_db()
    assert room.is_closed
    assert HealthConsent.objects.get().withdrawn_at
    assert staff.get(path).status_code == 404
    assert not Conversation.objects.served_by(stella).exists()
    assert "being deleted" in customer.get(path).text
    assert copy_of(ann)["health_consents"][0]["withdrawn_at"]
    delete_expired(timezone.now())
    assert not Conversation.objects.exists()
    assert not HealthConsent.objects.exists()


def test_nobody_opens_it_again(login: Login, ann: User, room: Conversation) -> None:
    customer, path = login(ann), room.get_absolute_url()
    customer.post(f"{path}consent/withdraw/")
    response = customer.post(f"{path}reopen/", {"text": "But wait."})
    assert response.status_code == 403
    assert "But wait." in response.text
    room.refresh_from_db()
    assert room.is_closed
    assert "Open again" not in customer.get(path).text


def test_it_is_not_given_anew_to_what_is_being_deleted(login: Login, ann: User, room: Conversation) -> None:
    customer, path = login(ann), room.get_absolute_url()
    customer.post(f"{path}consent/withdraw/")
    assert customer.post(f"{path}consent/", {"agree": "1", "health_consent": "on"}).status_code == 403
    assert not HealthConsent.objects.standing().exists()


def test_elsewhere_than_about_health_there_is_nothing_to_agree_to(login: Login, ann: User) -> None:
    room = make_conversation(ann)
    assert login(ann).get(f"{room.get_absolute_url()}consent/").status_code == 404


def test_what_was_given_can_be_taken_back_though_the_topic_has_changed(
    login: Login, ann: User, room: Conversation, topic: Topic
) -> None:
    Topic.objects.filter(pk=topic.pk).update(health_data=False)
    assert "Take my consent back" in login(ann).get(room.get_absolute_url()).text


def test_a_second_click_changes_nothing(login: Login, ann: User, room: Conversation) -> None:
    customer, path = login(ann), f"{room.get_absolute_url()}consent/withdraw/"
    customer.post(path)
    first = HealthConsent.objects.get().withdrawn_at
    customer.post(path)
    assert HealthConsent.objects.get().withdrawn_at == first


def test_without_an_account_it_is_as_easy(topic: Topic, stella: User, login: Login) -> None:
    room = make_receipt(topic, "A rash", "It itches.").conversation
    inside = Client()
    inside.post("/private/receipt/", {"code": CODE})
    assert "Take my consent back" in inside.get(room.get_absolute_url()).text
    inside.post(f"{room.get_absolute_url()}consent/withdraw/")
    room.refresh_from_db()
    assert room.is_closed
    assert login(stella).get(room.get_absolute_url()).status_code == 404


def test_nobody_else_gives_it_or_takes_it_back(
    login: Login, stella: User, ben: User, room: Conversation, client: Client
) -> None:
    path = room.get_absolute_url()
    for reader, status in ((login(stella), 403), (login(ben), 404), (client, 401)):
        for way in ("consent/", "consent/withdraw/"):
            assert reader.post(path + way, {"agree": "1", "health_consent": "on"}).status_code == status
    room.refresh_from_db()
    assert not room.is_closed
