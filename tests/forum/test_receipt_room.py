"""Whoever opened the room with a code can do there what a customer with an account can."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages
from django.test import Client

from accounts.models import PingAddress, User
from forum.actions.conversations import close_conversation, send_message
from forum.actions.going_public import offer
from forum.actions.holds import place_hold
from forum.actions.receipts import attach
from forum.models import Attachment, Conversation, FaqEntry, Message, PublicConsent, PublicDraft, PublicWords, Receipt
from forum.ratings import rating_address
from moderation.models import Disclosure, Notice
from tests.factories import CODE, make_attachment, make_receipt, make_topic

pytestmark = pytest.mark.any_database

Login = Callable[[User], Client]
WORDS = PublicWords("Does oat help?", "", "Yes: oat, and cream at night.")
CONSENT = {"title": WORDS.title, "answer": WORDS.answer, "version": 1, "under": "customer"}


@pytest.fixture
def receipt(stella: User) -> Receipt:
    return make_receipt(make_topic("Skin", "skin", channel="private", staff=[stella]), email="quiet@example.org")


@pytest.fixture
def room(receipt: Receipt) -> Conversation:
    return receipt.conversation


@pytest.fixture
def inside(client: Client, receipt: Receipt) -> Client:
    client.post("/private/receipt/", {"code": CODE})
    return client


@pytest.fixture
def reply(room: Conversation, stella: User) -> Message:
    return send_message(conversation=room, author=stella, text="You *fool*.", waiting_on="asker")


def test_the_holder_attaches_a_file_and_opens_the_files_of_both_sides(
    inside: Client, room: Conversation, stella: User
) -> None:
    path = room.get_absolute_url()
    file = BytesIO(b"Paid in cash.")
    file.name = "slip.txt"
    page = inside.post(path, {"text": "Here it", "new_files": file, "attach": "1"})
    waiting = Attachment.objects.get()
    assert "slip.txt" in page.text
    assert inside.post(path, {"text": "Here it is.", "attached": str(waiting.pk)}).status_code == 302
    ours = make_attachment(room, stella, "guide.txt", b"Use oat.")
    for attachment, content in ((waiting, b"Paid in cash."), (ours, b"Use oat.")):
        response = inside.get(attachment.get_absolute_url())
        assert b"".join(response.streaming_content) == content
    assert Client().get(ours.get_absolute_url()).status_code == 302


def test_the_holder_reports_a_message_and_nobody_is_named(inside: Client, room: Conversation, reply: Message) -> None:
    path = f"/private/{room.pk}/report/{reply.pk}/"
    assert path in inside.get(room.get_absolute_url()).text
    assert "you see that in the conversation" in inside.get(path).text
    said = {"rule": "insult", "reason": "This is an insult to me.", "good_faith": "on"}
    assert inside.post(path, said)["Location"] == room.get_absolute_url()
    assert Notice.objects.get().reporter is None
    assert Disclosure.objects.get().text == "You *fool*."


def test_a_message_of_another_room_is_none_of_this_one(
    inside: Client, room: Conversation, stella: User, login: Login
) -> None:
    other = make_receipt(room.topic, code="1234567890123450").conversation
    said = send_message(conversation=other, author=stella, text="Hello.", waiting_on="asker")
    for reader in (inside, login(stella)):
        assert reader.get(f"/private/{room.pk}/report/{said.pk}/").status_code == 404


def test_the_holder_keeps_it_longer_rates_it_and_sees_who_opened_it(
    inside: Client, room: Conversation, reply: Message, stella: User, login: Login
) -> None:
    login(stella).get(room.get_absolute_url())
    close_conversation(conversation=room, by=stella)
    room.refresh_from_db()
    before = room.delete_after
    assert before
    page = inside.get(room.get_absolute_url()).text
    assert "Stella Stern (" in page.split("Who has opened this conversation")[1]
    assert rating_address(room) in page
    assert inside.post(f"{room.get_absolute_url()}extend/")["Location"] == room.get_absolute_url()
    said = {"answer": "yes", "back": "1"}
    assert inside.post(rating_address(room), said)["Location"] == room.get_absolute_url()
    room.refresh_from_db()
    assert room.delete_after
    assert room.delete_after > before
    assert room.is_rated


def test_deleting_at_once_leads_out_and_leaves_nothing(
    inside: Client, room: Conversation, reply: Message, stella: User, django_capture_on_commit_callbacks: Any
) -> None:
    make_attachment(room, stella)
    path = f"{room.get_absolute_url()}delete/"
    assert inside.get(path).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        response = inside.post(path)
    assert response["Location"] == "/private/receipt/"
    assert "The conversation is deleted." in inside.get("/private/receipt/").text
    assert response.cookies["room"]["max-age"] == 0
    for model in (Conversation, Message, Receipt, PingAddress):
        assert not model._default_manager.exists()
    folder = Path(storages["private"].location)  # type: ignore[attr-defined]
    assert [file for file in folder.rglob("*") if file.is_file()] == []


def test_what_the_law_keeps_stays_and_the_holder_reads_why(inside: Client, room: Conversation, olga: User) -> None:
    place_hold(number=room.pk, by=olga, reason="A court asks for it.")
    response = inside.post(f"{room.get_absolute_url()}delete/")
    assert response["Location"] == room.get_absolute_url()
    assert "The law makes us keep it for now" in inside.get(room.get_absolute_url()).text


def test_the_holder_lets_us_publish_as_a_customer_and_takes_it_back(
    inside: Client, room: Conversation, stella: User
) -> None:
    offer(conversation=room, by=stella, kind="faq", language="en", words=WORDS, version=0)
    path = room.get_absolute_url()
    assert f"{path}public/" in inside.get(path).text
    assert "May others read this?" in inside.get(f"{path}public/").text
    inside.post(f"{path}public/", CONSENT)
    entry = FaqEntry.objects.get()
    assert Client().get(entry.get_absolute_url()).status_code == 200
    assert "stays public" in inside.get(f"{path}delete/").text
    assert "Take it back" in inside.get(f"{path}public/").text
    inside.post(f"{path}unpublish/")
    assert Client().get(entry.get_absolute_url()).status_code != 200
    assert PublicConsent.objects.get().withdrawn_at
    assert "stays public" not in inside.get(f"{path}delete/").text


def test_the_holder_says_no(inside: Client, room: Conversation, stella: User) -> None:
    offer(conversation=room, by=stella, kind="faq", language="en", words=WORDS, version=0)
    inside.post(f"{room.get_absolute_url()}public/", {"under": "no"})
    assert PublicDraft.objects.get().declined_at
    assert not FaqEntry.objects.exists()


def test_what_was_published_is_taken_back_from_the_account_that_took_the_room_over(
    inside: Client, receipt: Receipt, stella: User, ann: User, login: Login
) -> None:
    room = receipt.conversation
    offer(conversation=room, by=stella, kind="faq", language="en", words=WORDS, version=0)
    inside.post(f"{room.get_absolute_url()}public/", CONSENT)
    attach(receipt=receipt, user=ann)
    Conversation.objects.get().delete()
    consent = PublicConsent.objects.get()
    assert login(ann).post(f"/private/published/{consent.pk}/withdraw/").status_code == 302
    assert FaqEntry.objects.get().retired_at
