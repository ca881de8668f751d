"""What is said in private stands nowhere else: not in the database in clear, not in admin, mail, feed or log."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable

import pytest
import time_machine
from django.contrib import admin
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.mail import deliver_due
from accounts.models import OutgoingMail, PingAddress, User
from forum.actions.conversations import send_message
from forum.models import AccessLog, Conversation, HealthConsent, Message, Receipt, Topic
from tests.factories import make_conversation, make_topic

Login = Callable[[User], Client]
WORDS = ("canarysubject", "canarymessage", "canaryreply")


@pytest.fixture
def topic(stella: User) -> Topic:
    return make_topic("Intimate care", "intimate-care", channel="private", discreet=True, staff=[stella])


@pytest.fixture
def room(ann: User, stella: User, topic: Topic) -> Conversation:
    room = make_conversation(ann, topic, "canarysubject", "canarymessage")
    send_message(conversation=room, author=stella, text="canaryreply", waiting_on="asker")
    return room


def every_row() -> str:
    with connection.cursor() as cursor:
        rows: list[object] = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows += [bytes(v) if isinstance(v, memoryview) else v for row in cursor.fetchall() for v in row]
    return repr(rows)


def test_no_table_holds_a_word_in_clear(room: Conversation, login: Login, ann: User) -> None:
    login(ann).post(f"/private/{room.pk}/", {"text": "canarymessage again"})
    stored = every_row()
    assert "Intimate care" in stored
    assert not [word for word in WORDS if word in stored]


def test_the_words_come_back_only_through_the_key(room: Conversation) -> None:
    fresh = Conversation.objects.get(pk=room.pk)
    assert fresh.subject == "canarysubject"
    assert {message.text for message in fresh.messages.all()} == {"canarymessage", "canaryreply"}


def test_the_admin_site_knows_no_conversation(login: Login, room: Conversation, olga: User) -> None:
    private = {Conversation, Message, AccessLog, Receipt, HealthConsent, PingAddress}
    assert not private & set(admin.site._registry)
    pages = [login(olga).get(path).text for path in ("/admin/", "/admin/forum/")]
    assert not [page for page in pages if "onversation" in page]


def test_letters_say_that_there_is_a_message_and_where(room: Conversation) -> None:
    assert OutgoingMail.objects.filter(kind="conversation_message").count() == 2
    deliver_due()
    assert {letter.to[0] for letter in mail.outbox} == {"ann@example.org", "stella@example.org"}
    for letter in mail.outbox:
        whole = f"{letter.subject}{letter.body}{letter.alternatives}"
        assert f"/private/{room.pk}/" in whole
        assert not [word for word in (*WORDS, "ntimate", "Stella Stern") if word in whole]


def test_a_letter_is_dropped_when_its_reader_stopped_serving_the_topic(room: Conversation, stella: User) -> None:
    room.topic.staff.remove(stella)
    deliver_due()
    assert [letter.to for letter in mail.outbox] == [["ann@example.org"]]


def test_a_letter_goes_to_the_others_when_who_was_in_charge_left_the_topic(
    ann: User, stella: User, moritz: User, topic: Topic
) -> None:
    room = make_conversation(ann, topic, assigned_to=moritz)
    OutgoingMail.objects.all().delete()
    send_message(conversation=room, author=ann, text="Hello?")
    assert [letter.recipient for letter in OutgoingMail.objects.all()] == [stella]


def test_no_log_line_carries_a_word(
    room: Conversation, login: Login, ann: User, ben: User, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        login(ann).post(f"/private/{room.pk}/", {"text": "canarymessage once more"})
        login(ann).post(f"/private/{room.pk}/", {"text": "", "subject": "canarysubject"})
        login(ben).post(f"/private/{room.pk}/", {"text": "canaryreply"})
    assert not [word for word in WORDS if word in caplog.text]


def test_what_is_posted_is_left_out_of_error_reports(room: Conversation, login: Login, ann: User) -> None:
    request = login(ann).post(f"/private/{room.pk}/", {"text": "canarymessage"}).wsgi_request
    assert request.sensitive_post_parameters == ("subject", "text", "code", "email")


PAGES = ("/", "/q/", "/faq/", "/search/?q=canarysubject", "/feeds/questions.atom", "/feeds/faq.atom",
         "/t/intimate-care/", "/sitemap.xml", "/people/ann/", "/team/", "/desk/", "/desk/private/", "/private/",
         "/transparency/")  # fmt: skip


def test_nobody_else_can_infer_that_it_exists(
    client: Client, login: Login, olga: User, ann: User, stella: User, topic: Topic
) -> None:
    """Every page is the same before and after somebody wrote in private, within the same instant."""
    with time_machine.travel(timezone.now(), tick=False):
        readers = {"a visitor": client, "the owner": login(olga)}
        before = {path: what_is_seen(readers, path) for path in PAGES}
        room = make_conversation(ann, topic, "canarysubject", "canarymessage")
        send_message(conversation=room, author=stella, text="canaryreply", waiting_on="asker")
        after = {path: what_is_seen(readers, path) for path in PAGES}
    assert after == before


def what_is_seen(readers: dict[str, Client], path: str) -> dict[str, tuple[int, str]]:
    answers = {who: reader.get(path) for who, reader in readers.items()}
    return {who: (answer.status_code, tokenless(answer)) for who, answer in answers.items()}


def tokenless(response: object) -> str:
    return re.sub(r'(csrfmiddlewaretoken" value=")\w+|<updated>[^<]*', r"\1", response.content.decode())  # type: ignore[attr-defined]
