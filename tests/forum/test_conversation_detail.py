"""The private room: who gets in, what is said there, and whose turn it is."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import OutgoingMail, User
from forum import crypto
from forum.actions.conversations import close_conversation, send_message
from forum.models import AccessLog, Conversation, Message, Topic
from forum.views.conversation_room import LATEST
from tests.factories import make_conversation, make_question, make_topic

Login = Callable[[User], Client]


@pytest.fixture
def topic(stella: User) -> Topic:
    return make_topic("Orders", "orders", channel="both", staff=[stella])


@pytest.fixture
def room(ann: User, topic: Topic) -> Conversation:
    return make_conversation(ann, topic, "My order", "It never came.")


def address(conversation: Conversation) -> str:
    return f"/private/{conversation.pk}/"


def without_tokens(page: str) -> str:
    """Every page has its own token against forged requests."""
    return re.sub(r'(csrfmiddlewaretoken" value=")\w+', r"\1", page)


def test_visitors_are_asked_to_sign_in(client: Client, room: Conversation) -> None:
    assert client.get(address(room))["Location"] == f"/account/login/?next={address(room)}"


def test_ann_and_who_serves_the_topic_read_it(login: Login, room: Conversation, ann: User, stella: User) -> None:
    for reader in (ann, stella):
        page = login(reader).get(address(room))
        assert page.status_code == 200
        assert "My order" in page.text
        assert "It never came." in page.text


def test_ben_cannot_read_anns_conversation(login: Login, room: Conversation, ben: User) -> None:
    assert login(ben).get(address(room)).status_code == 404


def test_moderator_cannot_read_it(login: Login, room: Conversation, moritz: User) -> None:
    assert login(moritz).get(address(room)).status_code == 404


def test_owner_who_does_not_serve_the_topic_cannot_read_it(login: Login, room: Conversation, olga: User) -> None:
    assert login(olga).get(address(room)).status_code == 404


def test_staff_of_another_topic_cannot_read_it(login: Login, room: Conversation, moritz: User) -> None:
    make_topic("Skin", "skin", channel="both", staff=[moritz])
    assert login(moritz).get(address(room)).status_code == 404


def test_staff_who_stop_serving_the_topic_can_not_read_it_any_more(
    login: Login, room: Conversation, stella: User
) -> None:
    room.topic.staff.remove(stella)
    assert login(stella).get(address(room)).status_code == 404


def test_who_lost_the_role_can_not_read_it_though_the_topic_still_names_them(
    login: Login, room: Conversation, stella: User
) -> None:
    User.objects.filter(pk=stella.pk).update(role="")
    assert login(stella).get(address(room)).status_code == 404


@pytest.mark.parametrize("method", ["get", "post", "head"])
@pytest.mark.parametrize("verb", ["", "close/", "reopen/"])
def test_forbidden_and_missing_are_the_same(
    login: Login, room: Conversation, moritz: User, method: str, verb: str
) -> None:
    client = login(moritz)
    forbidden = getattr(client, method)(address(room) + verb, {"text": "Let me in."})
    missing = getattr(client, method)(f"/private/00000000-0000-4000-8000-000000000000/{verb}", {"text": "Let me in."})
    assert forbidden.status_code == missing.status_code in (404, 405)
    assert without_tokens(forbidden.text) == without_tokens(missing.text)
    assert forbidden.headers == missing.headers
    assert Message.objects.count() == 1


def test_the_page_says_who_can_read_it(login: Login, room: Conversation, ann: User, stella: User) -> None:
    assert "Only you and Quellmoos can read this" in login(ann).get(address(room)).text
    assert "Only ann and those who serve this topic can read this" in login(stella).get(address(room)).text
    assert 'class="room-private"' in login(ann).get(address(room)).text


def test_ann_replies_and_those_who_serve_hear_of_it(login: Login, room: Conversation, ann: User, stella: User) -> None:
    send_message(conversation=room, author=stella, text="Which number?", waiting_on="asker")
    OutgoingMail.objects.all().delete()
    response = login(ann).post(address(room), {"text": "It is 4711.", "waiting_on": ""})
    assert response["Location"] == address(room)
    room.refresh_from_db()
    assert (room.waiting_on, [m.text for m in room.messages.all()][-1]) == ("us", "It is 4711.")
    assert [mail.recipient for mail in OutgoingMail.objects.all()] == [stella]


def test_who_writes_twice_keeps_the_earlier_promise(login: Login, room: Conversation, ann: User) -> None:
    Conversation.objects.filter(pk=room.pk).update(promised_at=(early := timezone.now() + timedelta(minutes=5)))
    login(ann).post(address(room), {"text": "One thing more."})
    room.refresh_from_db()
    assert room.promised_at == early


@pytest.mark.parametrize(("choice", "waiting_on"), [("settled", ""), ("asker", "asker"), ("us", "us")])
def test_staff_say_whose_turn_it_is(
    login: Login, room: Conversation, ann: User, stella: User, choice: str, waiting_on: str
) -> None:
    OutgoingMail.objects.all().delete()
    login(stella).post(address(room), {"text": "Found it.", "waiting_on": choice})
    room.refresh_from_db()
    assert room.waiting_on == waiting_on
    message = room.messages.get(posted_as_name="Stella Stern")
    assert (message.posted_as_role, message.posted_as_sign_off) == ("Soap maker", "Yours, Stella")
    assert [mail.recipient for mail in OutgoingMail.objects.all()] == [ann]


def test_staff_who_do_not_say_whose_turn_it_is_are_asked_and_keep_their_text(
    login: Login, room: Conversation, stella: User
) -> None:
    response = login(stella).post(address(room), {"text": "Found it."})
    assert response.status_code == 422
    assert "Please say whose turn it is now." in response.text
    assert "Found it." in response.text
    assert room.messages.count() == 1


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 20_001])
def test_a_text_that_can_not_be_taken_is_kept(login: Login, room: Conversation, ann: User, text: str) -> None:
    response = login(ann).post(address(room), {"text": text})
    assert response.status_code == 422
    assert response.context["form"].errors["text"]
    assert text.strip() in response.text


def test_a_reply_to_a_closed_conversation_is_handed_back(
    login: Login, room: Conversation, ann: User, stella: User
) -> None:
    close_conversation(conversation=room, by=stella)
    response = login(ann).post(address(room), {"text": "But it is still missing."})
    assert response.status_code == 409
    assert "But it is still missing." in response.text
    assert "Open again and send" in response.text
    assert room.messages.count() == 1


def test_the_preview_sends_nothing(login: Login, room: Conversation, ann: User) -> None:
    response = login(ann).post(address(room), {"text": "It is **urgent**.", "preview": "1"})
    assert "It is <strong>urgent</strong>." in response.text
    assert room.messages.count() == 1


def test_the_waiting_line_speaks_to_each_side(login: Login, room: Conversation, ann: User, stella: User) -> None:
    assert "You will have an answer by" in login(ann).get(address(room)).text
    send_message(conversation=room, author=stella, text="Which number?", waiting_on="asker")
    assert "Waiting for you since" in login(ann).get(address(room)).text
    assert "Waiting for the customer since" in login(stella).get(address(room)).text


def test_a_broken_promise_is_admitted(login: Login, room: Conversation, ann: User) -> None:
    Conversation.objects.filter(pk=room.pk).update(promised_at=timezone.now() - timedelta(hours=1))
    assert "We are late, and we know it." in login(ann).get(address(room)).text


def test_the_head_of_the_page_tells_nothing(login: Login, ann: User, stella: User) -> None:
    discreet = make_topic("Intimate care", "intimate-care", channel="private", discreet=True, staff=[stella])
    page = login(ann).get(address(make_conversation(ann, discreet, "A rash"))).text
    head = page.split("</head>")[0]
    assert "<title>Private conversation</title>" in head
    assert not re.search(r"ntimate|rash|og:|<link rel=.canonical", head)
    assert "data-quick-exit" in page


def test_no_browser_keeps_the_page(login: Login, room: Conversation, ann: User, ben: User) -> None:
    assert "no-store" in login(ann).get(address(room))["Cache-Control"]
    assert "no-store" in login(ben).get(address(room))["Cache-Control"]


def test_the_message_after_sending_says_nothing_of_it(login: Login, room: Conversation, ann: User) -> None:
    response = login(ann).post(address(room), {"text": "It is 4711."}, follow=True)
    assert [str(message) for message in response.context["messages"]] == ["Your message was sent."]


def test_the_origin_is_shown_as_long_as_it_stands(login: Login, room: Conversation, ann: User, ben: User) -> None:
    question = make_question(ben, "Where is my parcel?")
    Conversation.objects.filter(pk=room.pk).update(origin_question=question)
    assert "Where is my parcel?" in login(ann).get(address(room)).text
    question.hide(by=ben, rule="off-topic", reason="No.", at=timezone.now())
    assert "Where is my parcel?" not in login(ann).get(address(room)).text


def test_the_earlier_messages_are_one_click_away(login: Login, room: Conversation, ann: User) -> None:
    for number in range(LATEST):
        send_message(conversation=room, author=ann, text=f"Number {number}.")
    page = login(ann).get(address(room)).text
    assert "It never came." not in page
    assert f"Number {LATEST - 1}." in page
    assert "It never came." in login(ann).get(address(room) + "?all").text


def test_a_missing_key_is_said_and_nothing_is_overwritten(
    login: Login, room: Conversation, ann: User, settings: Any
) -> None:
    sealed = list(Message.objects.values_list("sealed_text"))
    settings.ENCRYPTION_KEYS = ["YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWE="]
    page = login(ann).get(address(room))
    assert page.status_code == 503
    assert "This conversation can not be opened at the moment" in page.text
    answer = login(ann).post(address(room), {"text": "Are you there?"})
    assert answer.status_code == 503
    assert "Are you there?" in answer.text
    assert list(Message.objects.values_list("sealed_text")) == sealed
    assert not AccessLog.objects.exists()


def test_a_text_moved_to_another_row_can_not_be_read_there(login: Login, room: Conversation, ann: User) -> None:
    second = send_message(conversation=room, author=ann, text="The other one.")
    first = room.messages.exclude(pk=second.pk).get()
    first.sealed_text, second.sealed_text = second.sealed_text, first.sealed_text
    first.sealed_html, second.sealed_html = second.sealed_html, first.sealed_html
    Message.objects.bulk_update([first, second], ["sealed_text", "sealed_html"])
    with pytest.raises(crypto.CannotDecrypt):
        _ = Message.objects.select_related("conversation").get(pk=first.pk).text
    page = login(ann).get(address(room))
    assert page.status_code == 200
    assert page.text.count("This message can not be read at the moment.") == 2
