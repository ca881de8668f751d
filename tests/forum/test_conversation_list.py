"""One's own private conversations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.test import Client

from accounts.models import User
from forum.actions.conversations import send_message
from forum.models import Conversation
from forum.paging import PAGE_SIZE
from tests.factories import make_conversation, make_topic

Login = Callable[[User], Client]


def test_visitors_are_asked_to_sign_in(client: Client, company: object) -> None:
    assert client.get("/private/")["Location"] == "/account/login/?next=/private/"


def test_ann_sees_hers_and_nobody_elses(login: Login, ann: User, ben: User) -> None:
    make_conversation(ann, subject="About Ann")
    make_conversation(ben, subject="About Ben")
    page = login(ann).get("/private/").text
    assert "About Ann" in page
    assert "About Ben" not in page


def test_staff_see_their_own_here_and_are_pointed_to_the_desk(login: Login, ann: User, stella: User) -> None:
    topic = make_topic("Private", "private", channel="private", staff=[stella])
    make_conversation(ann, topic, subject="About Ann")
    page = login(stella).get("/private/").text
    assert "About Ann" not in page
    assert 'href="/desk/private/"' in page


def test_a_new_message_is_marked_until_it_was_read(login: Login, ann: User, stella: User) -> None:
    topic = make_topic("Private", "private", channel="private", staff=[stella])
    room = make_conversation(ann, topic)
    customer = login(ann)
    assert "New message" not in customer.get("/private/").text
    send_message(conversation=room, author=stella, text="Found it.", waiting_on="asker")
    assert "New message" in customer.get("/private/").text
    customer.get(room.get_absolute_url())
    assert "New message" not in customer.get("/private/").text


def test_a_damaged_row_says_so_and_the_others_stay_readable(login: Login, ann: User) -> None:
    make_conversation(ann, subject="Still fine")
    damaged = make_conversation(ann, subject="Gone for now")
    Conversation.objects.filter(pk=damaged.pk).update(sealed_subject=b"\x01broken")
    page = login(ann).get("/private/")
    assert page.status_code == 200
    assert "Still fine" in page.text
    assert page.text.count("The key to this conversation is missing.") == 1


def test_the_list_tells_nothing_in_its_head_and_is_not_kept(login: Login, ann: User) -> None:
    make_conversation(ann, subject="A rash")
    page = login(ann).get("/private/")
    assert "<title>Private conversation</title>" in page.text
    assert "rash" not in page.text.split("</head>")[0]
    assert "no-store" in page["Cache-Control"]


def test_an_empty_list_says_what_it_is_for(login: Login, ann: User) -> None:
    assert "What is nobody else's business" in login(ann).get("/private/").text


def test_every_conversation_can_be_reached_at_a_constant_price(
    login: Login, ann: User, django_assert_max_num_queries: Any
) -> None:
    for number in range(PAGE_SIZE + 1):
        make_conversation(ann, subject=f"Number {number}.")
    customer = login(ann)
    with django_assert_max_num_queries(8):
        first = customer.get("/private/")
    last = customer.get(f"/private/?after={first.context['page'].next_cursor}")
    assert "Number 0." not in first.text
    assert "Number 0." in last.text
