"""The team lays a text before the customer, without anything that leads to them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client
from django.views.debug import SafeExceptionReporterFilter

from accounts.mail import deliver_due
from accounts.models import User
from forum.models import (
    Conversation,
    PublicDraft,
)
from tests.factories import make_conversation, make_topic
from tests.publishing import (
    ANSWER,
    TEXT,
    TITLE,
    decide,
    make_room,
    offered,
    propose,
    public,
)

Login = Callable[[User], Client]


@pytest.fixture
def room(ann: User, stella: User) -> Conversation:
    return make_room(ann, stella)


def test_stella_offers_and_nothing_is_public_before_ann_says_yes(
    login: Login, client: Client, room: Conversation, stella: User, ann: User
) -> None:
    assert "They itch." in login(stella).get(f"/private/{room.pk}/offer/").text
    assert propose(login(stella), room).status_code == 302
    assert "dry hands" not in public(client)
    page = login(ann).get(f"/private/{room.pk}/public/").text
    assert TITLE in page
    assert ANSWER in page
    assert "They itch." in page
    assert "others may read a question and answer" in login(ann).get(room.get_absolute_url()).text


def test_the_draft_is_sealed_with_the_key_of_the_room(room: Conversation, stella: User) -> None:
    draft = offered(room, stella)
    assert b"oat" not in bytes(draft.sealed_words)
    room.delete()
    assert not PublicDraft.objects.exists()


def test_what_looks_personal_is_pointed_out_before_it_is_offered(
    login: Login, room: Conversation, stella: User
) -> None:
    said = f"{ANSWER} Ann got R-2026/118 on 3.3.2026."
    answer = propose(login(stella), room, answer=said)
    assert answer.status_code == 422
    for words in ("R-2026/118", "3.3.2026", "Ann"):
        assert f"<mark>{words} <small>" in answer.text
    assert not PublicDraft.objects.exists()
    assert propose(login(stella), room, answer=said, looked="on").status_code == 302


def test_of_a_discreet_topic_nothing_becomes_a_question(login: Login, ann: User, stella: User) -> None:
    topic = make_topic("Quiet", "quiet", channel="private", discreet=True, staff=[stella])
    room = make_conversation(ann, topic)
    assert propose(login(stella), room, kind="question", text=TEXT).status_code == 422
    assert propose(login(stella), room).status_code == 302
    page = login(ann).get(f"/private/{room.pk}/public/").text
    assert page.index('value="customer"') < page.index('value="nickname"')
    assert "checked" not in page
    assert "Quiet" not in page.split("</head>")[0]
    deliver_due()
    assert not [one for one in mail.outbox if one.to == [ann.email] and "Quiet" in f"{one.subject}{one.body}"]


def test_who_lost_the_role_offers_nothing_from_an_open_page(login: Login, room: Conversation, stella: User) -> None:
    window = login(stella)
    window.get(f"/private/{room.pk}/offer/")
    User.objects.filter(pk=stella.pk).update(role="")
    assert propose(window, room).status_code == 404
    assert not PublicDraft.objects.exists()


def test_two_of_the_staff_do_not_overwrite_each_other(login: Login, room: Conversation, stella: User) -> None:
    offered(room, stella)
    answer = propose(login(stella), room, answer="Another answer.")
    assert answer.status_code == 409
    assert ANSWER in answer.text
    assert "Another answer." in answer.text


def test_no_word_of_it_stands_in_an_error_report(login: Login, room: Conversation, stella: User, ann: User) -> None:
    reports = SafeExceptionReporterFilter()
    requests = [propose(login(stella), room).wsgi_request, decide(login(ann), room).wsgi_request]
    for request in requests:
        assert ANSWER not in repr(reports.get_post_parameters(request))
