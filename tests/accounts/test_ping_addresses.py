"""An address of somebody without an account: sealed, written to a few times, and forgotten."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from accounts.mail import deliver_due
from accounts.models import OutgoingMail, PingAddress, User
from accounts.models.ping_address import LETTERS
from forum.actions.conversations import read_conversation, send_message
from forum.actions.going_public import decline_publication, offer
from forum.actions.receipts import set_ping
from forum.actions.rooms import hand_over
from forum.models import Conversation, PublicWords
from forum.receipt_holder import ReceiptHolder
from tests.factories import make_conversation, make_receipt, make_topic


@pytest.fixture
def room(stella: User) -> Conversation:
    topic = make_topic("Quiet matters", "quiet", channel="private", discreet=True, staff=[stella])
    receipt = make_receipt(topic, "A rash", "It itches.", email="quiet@example.org", language="en")
    OutgoingMail.objects.all().delete()
    return receipt.conversation


def answer(room: Conversation, stella: User) -> None:
    send_message(conversation=room, author=stella, text="Use the oat one.", waiting_on="asker")


def read(room: Conversation) -> None:
    read_conversation(conversation=room, reader=ReceiptHolder(room.receipt.pk, room.pk, []))


def test_the_letter_says_that_there_is_an_answer_and_nothing_else(room: Conversation, stella: User) -> None:
    answer(room, stella)
    deliver_due()
    letter = mail.outbox[0]
    whole = f"{letter.subject} {letter.from_email} {letter.body} {letter.alternatives}"
    assert letter.to == ["quiet@example.org"]
    assert letter.subject == "There is an answer"
    assert letter.from_email == "sprechstunde@localhost"
    assert not [word for word in ("Quellmoos", "Quiet", "rash", "oat", "Stella", "http", str(room.pk)) if word in whole]


def test_the_outbox_holds_the_address_nowhere(room: Conversation, stella: User) -> None:
    answer(room, stella)
    letter = OutgoingMail.objects.get()
    assert letter.address == ""
    assert letter.payload == {"ping": str(PingAddress.objects.get().pk)}
    deliver_due()
    letter.refresh_from_db()
    assert (letter.payload, letter.address) == ({}, "")


def test_nobody_is_written_to_again_before_they_have_read(room: Conversation, stella: User) -> None:
    for _ in range(3):
        answer(room, stella)
    assert OutgoingMail.objects.count() == 1
    read(room)
    answer(room, stella)
    assert OutgoingMail.objects.count() == 2


def test_what_was_read_meanwhile_needs_no_letter(room: Conversation, stella: User) -> None:
    answer(room, stella)
    read(room)
    deliver_due()
    assert mail.outbox == []


def test_a_text_that_may_become_public_is_announced_in_the_same_words(room: Conversation, stella: User) -> None:
    words = PublicWords("Does it help?", "", "Yes.")
    draft = offer(conversation=room, by=stella, kind="faq", language="en", words=words, version=0)
    deliver_due()
    assert [(letter.to, letter.subject) for letter in mail.outbox] == [(["quiet@example.org"], "There is an answer")]
    answer(room, stella)
    # Who was told of an unread answer finds beside it what there is to decide.
    offer(conversation=room, by=stella, kind="faq", language="en", words=words, version=1)
    assert OutgoingMail.objects.count() == 2
    read(room)
    draft.refresh_from_db()
    decline_publication(draft=draft)
    deliver_due()
    assert [letter.to for letter in mail.outbox].count(["quiet@example.org"]) == 1


def test_after_some_letters_the_address_is_gone(room: Conversation, stella: User) -> None:
    for number in range(LETTERS):
        assert PingAddress.objects.get().letters_left == LETTERS - number
        answer(room, stella)
        deliver_due()
        read(room)
    assert not PingAddress.objects.exists()
    answer(room, stella)
    deliver_due()
    assert len(mail.outbox) == LETTERS


def test_a_letter_whose_address_is_gone_is_dropped(room: Conversation, stella: User) -> None:
    answer(room, stella)
    set_ping(conversation=room, email="")
    deliver_due()
    assert mail.outbox == []
    assert OutgoingMail.objects.get().dropped_at


def test_without_its_master_key_nobody_is_written_to(room: Conversation, stella: User, settings: Any) -> None:
    answer(room, stella)
    PingAddress.objects.update(sealed_address="broken")
    deliver_due()
    assert mail.outbox == []


def test_the_address_opens_in_its_own_row_only(room: Conversation) -> None:
    other = PingAddress.keep("other@example.org", "en")
    other.sealed_address = PingAddress.objects.get(receipt__conversation=room).sealed_address
    assert other.address == ""


def test_a_sender_of_its_own_stays_without_a_name(room: Conversation, stella: User, settings: Any) -> None:
    settings.DISCREET_FROM_EMAIL = "Soap maker <post@neutral.example>"
    answer(room, stella)
    deliver_due()
    assert mail.outbox[0].from_email == "post@neutral.example"


def test_letters_about_a_discreet_topic_name_nobody(room: Conversation, ann: User, stella: User) -> None:
    own = make_conversation(ann, room.topic, "A rash", "It itches.")
    answer(own, stella)
    words = PublicWords("Does it help?", "", "Yes.")
    offer(conversation=own, by=stella, kind="faq", language="en", words=words, version=0)
    hand_over(conversation=own, by=ann, to=stella)
    deliver_due(timezone.now())
    subjects = {"A new message for you", "We ask you to decide something", "A conversation was handed to you"}
    assert {letter.subject for letter in mail.outbox} == subjects
    assert {letter.to[0] for letter in mail.outbox} == {"ann@example.org", "stella@example.org"}
    for letter in mail.outbox:
        assert "Quellmoos" not in f"{letter.subject} {letter.from_email} {letter.body} {letter.alternatives}"
