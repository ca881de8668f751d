"""A customer opens a private conversation and knows who will read it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import OutgoingMail, User
from forum.models import Conversation, Topic
from tests.factories import make_question, make_topic

Login = Callable[[User], Client]


@pytest.fixture
def topic(stella: User) -> Topic:
    return make_topic("Orders", "orders", channel="both", staff=[stella])


@pytest.fixture
def intimate(stella: User) -> Topic:
    return make_topic("Intimate care", "intimate-care", channel="private", discreet=True, staff=[stella])


def written(topic: Topic, /, **other: Any) -> dict[str, Any]:
    return {"topic": topic.pk, "subject": "My order 4711", "text": "It **never** came.", **other}


def test_visitors_need_no_account_and_may_sign_in(client: Client, topic: Topic) -> None:
    page = client.get("/private/new/?topic=orders")
    assert "You need no account" in page.text
    assert "/account/login/?next=/private/new/%3Ftopic%3Dorders" in page.text


def test_the_form_names_those_who_will_read_it(login: Login, ann: User, topic: Topic, ben: User) -> None:
    page = login(ann).get("/private/new/?topic=orders")
    assert "Orders (read by Stella Stern)" in page.text
    assert "Only you and the people named beside the topic can read" in page.text
    assert page.context["form"].initial["topic"] == topic


def test_staff_who_may_not_sign_in_any_more_are_not_named(login: Login, ann: User, topic: Topic, moritz: User) -> None:
    topic.staff.add(moritz)
    User.objects.filter(pk=moritz.pk).update(is_active=False)
    assert "Moritz" not in login(ann).get("/private/new/").text


def test_ann_writes_and_stands_in_the_room(login: Login, ann: User, topic: Topic) -> None:
    response = login(ann).post("/private/new/", written(topic))
    conversation = Conversation.objects.get()
    assert response["Location"] == f"/private/{conversation.pk}/"
    assert (conversation.customer, conversation.topic, conversation.subject) == (ann, topic, "My order 4711")
    assert conversation.messages.get().text == "It **never** came."
    assert conversation.promised_at


def test_those_who_serve_the_topic_get_a_letter_that_says_nothing(login: Login, ann: User, topic: Topic) -> None:
    login(ann).post("/private/new/", written(topic))
    letter = OutgoingMail.objects.get(kind="conversation_message")
    assert letter.recipient == User.objects.get(nickname="stella")
    assert letter.payload == {"conversation": str(Conversation.objects.get().pk)}


def test_a_conversation_remembers_the_public_question_it_began_at(
    login: Login, ann: User, ben: User, topic: Topic
) -> None:
    question = make_question(ben, topic=topic)
    address = f"/private/new/?question={question.public_id}"
    page = login(ann).get(address)
    assert question.title in page.text
    assert page.context["form"].initial["topic"] == topic
    login(ann).post(address, written(topic))
    assert Conversation.objects.get().origin_question == question


def test_a_hidden_question_is_no_origin(login: Login, ann: User, ben: User, topic: Topic) -> None:
    question = make_question(ben, "Not for everybody", hidden_at=timezone.now())
    address = f"/private/new/?question={question.public_id}"
    assert "Not for everybody" not in login(ann).get(address).text
    login(ann).post(address, written(topic))
    assert Conversation.objects.get().origin_question is None


@pytest.mark.parametrize("missing", ["topic", "subject", "text"])
def test_what_is_missing_is_said_and_what_was_typed_is_kept(
    login: Login, ann: User, topic: Topic, missing: str
) -> None:
    response = login(ann).post("/private/new/", written(topic, **{missing: " "}))
    assert response.status_code == 422
    assert response.context["form"].errors[missing]
    kept = {"topic": "checked", "subject": "My order 4711", "text": "It **never** came."}
    assert all(words in response.text for name, words in kept.items() if name != missing)
    assert not Conversation.objects.exists()


@pytest.mark.parametrize("nonsense", ["0", "99999999999999999999999", "-1", "orders", "²"])
def test_nonsense_for_a_topic_is_refused_with_a_sentence(login: Login, ann: User, topic: Topic, nonsense: str) -> None:
    assert login(ann).get("/private/new/", {"topic": nonsense, "question": nonsense}).status_code == 200
    response = login(ann).post("/private/new/", written(topic, topic=nonsense))
    assert response.status_code == 422
    assert "Nobody reads private messages on this topic" in response.text


def test_a_topic_that_nobody_serves_is_refused_with_a_sentence(login: Login, ann: User, topic: Topic) -> None:
    alone = make_topic("Nobody home", "nobody-home", channel="private")
    page = login(ann).get("/private/new/?topic=nobody-home")
    assert "Nobody reads private messages on this topic" in page.text
    assert "Nobody home" not in page.text
    assert login(ann).post("/private/new/", written(alone)).status_code == 422


def test_a_public_topic_takes_no_private_messages(login: Login, ann: User, topic: Topic, stella: User) -> None:
    response = login(ann).post("/private/new/", written(make_topic(staff=[stella])))
    assert response.status_code == 422
    assert not Conversation.objects.exists()


def test_where_nobody_reads_at_all_the_page_says_so(login: Login, ann: User) -> None:
    page = login(ann).get("/private/new/")
    assert "Nobody reads private messages at the moment" in page.text
    assert "<textarea" not in page.text


def test_the_name_of_a_discreet_topic_leaves_the_address_at_once(
    client: Client, login: Login, ann: User, intimate: Topic
) -> None:
    response = client.get("/private/new/?topic=intimate-care&question=abc")
    assert response["Location"] == f"/private/new/?topic={intimate.pk}&question=abc"
    page = login(ann).get("/private/new/?topic=intimate-care", follow=True)
    assert page.context["form"].initial["topic"] == intimate
    assert "care" not in client.get(response["Location"]).text.split("</head>")[0]


def test_the_head_of_the_page_tells_nothing(login: Login, ann: User, intimate: Topic) -> None:
    head = login(ann).get(f"/private/new/?topic={intimate.pk}").text.split("</head>")[0]
    assert "<title>Private conversation</title>" in head
    assert "ntimate" not in head
    assert "og:" not in head


def test_a_discreet_topic_has_a_quick_way_out(login: Login, ann: User, intimate: Topic, topic: Topic) -> None:
    assert "data-quick-exit" in login(ann).get(f"/private/new/?topic={intimate.pk}").text
    assert "data-quick-exit" not in login(ann).get(f"/private/new/?topic={topic.pk}").text


def test_the_preview_shows_the_text_and_sends_nothing(login: Login, ann: User, topic: Topic) -> None:
    response = login(ann).post("/private/new/", written(topic, preview="1"))
    assert response.status_code == 200
    assert "It <strong>never</strong> came." in response.text
    assert "It **never** came." in response.text
    assert not Conversation.objects.exists()


def test_after_the_session_ended_the_text_is_handed_back(client: Client, topic: Topic) -> None:
    response = client.post("/private/new/", written(topic))
    assert response.status_code == 401
    assert "It **never** came." in response.text
    assert "no-store" in response["Cache-Control"]


def test_somebody_suspended_can_not_write_but_keeps_the_text(login: Login, ann: User, topic: Topic) -> None:
    User.objects.filter(pk=ann.pk).update(suspended_at=timezone.now())
    response = login(ann).post("/private/new/", written(topic))
    assert response.status_code == 403
    assert "It **never** came." in response.text


def test_no_browser_keeps_the_page(login: Login, ann: User, topic: Topic) -> None:
    assert "no-store" in login(ann).get("/private/new/")["Cache-Control"]


def test_the_page_costs_the_same_for_many_topics(
    login: Login, ann: User, stella: User, moritz: User, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        make_topic(f"Topic {number}", f"topic-{number}", channel="both", staff=[stella, moritz])
    customer = login(ann)
    with django_assert_max_num_queries(8):
        customer.get("/private/new/?topic=topic-3")
