"""Files that come with the first message of a private conversation, with an account and without one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from forum.models import Attachment, Conversation, Topic
from tests.factories import make_topic
from tests.pictures import png

Login = Callable[[User], Client]
URL = "/private/new/"
PDF = b"%PDF-1.7\n what I bought\n%%EOF"


@pytest.fixture
def topic(stella: User) -> Topic:
    return make_topic("Orders", "orders", channel="both", staff=[stella])


def pdf(name: str = "bill.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PDF, "application/pdf")


def send(client: Client, topic: Topic, *files: Any, **other: Any) -> Any:
    said = {"topic": topic.pk, "subject": "My order", "text": "It never came.", "form_key": "k" * 22}
    return client.post(URL, {**said, "new_files": list(files), **other})


def test_ann_sends_them_along_and_stella_reads_them(login: Login, topic: Topic, ann: User, stella: User) -> None:
    photo = SimpleUploadedFile("box.png", png(), "image/png")
    room = Conversation.objects.get(pk=send(login(ann), topic, pdf(), photo)["Location"].split("/")[2])
    page = login(stella).get(room.get_absolute_url()).text
    assert "bill.pdf" in page
    assert "Picture: box.webp" in page
    bill = Attachment.objects.get(kind="pdf")
    assert (bill.is_sent, bill.author, bill.message) == (True, ann, room.messages.get())
    assert login(stella).get(bill.get_absolute_url()).getvalue() == PDF


def test_somebody_without_an_account_does_too(client: Client, login: Login, topic: Topic, stella: User) -> None:
    assert "Your code" in send(client, topic, pdf(), without_account="1").text
    bill = Attachment.objects.get()
    assert (bill.is_sent, bill.author, bill.message) == (True, None, Conversation.objects.get().messages.get())
    assert client.get(bill.get_absolute_url()).getvalue() == PDF
    assert login(stella).get(bill.get_absolute_url()).getvalue() == PDF


@pytest.mark.any_database
@pytest.mark.parametrize("who", ["ann", ""])
def test_what_is_not_taken_opens_no_room_and_the_words_stay(
    login: Login, client: Client, topic: Topic, ann: User, who: str
) -> None:
    sender, said = (login(ann), {}) if who else (client, {"without_account": "1"})
    response = send(sender, topic, pdf(), SimpleUploadedFile("run.exe", b"MZ\x90\x00"), **said)
    assert response.status_code == 422
    assert "run.exe: Only pictures" in response.text
    assert "It never came." in response.text
    assert "choose them once more" in response.text
    response = send(sender, topic, pdf(), **said, text=" ")
    assert response.status_code == 422
    assert "choose them once more" in response.text
    assert send(sender, topic, *(pdf(f"{number}.pdf") for number in range(6)), **said).status_code == 422
    assert not Conversation.objects.exists()
    assert not Attachment.objects.exists()


@pytest.mark.any_database
@pytest.mark.parametrize("who", ["ann", ""])
def test_a_double_click_sends_them_once(login: Login, client: Client, topic: Topic, ann: User, who: str) -> None:
    sender, said = (login(ann), {}) if who else (client, {"without_account": "1"})
    for _click in range(2):
        send(sender, topic, pdf(), **said)
    assert (Conversation.objects.count(), Attachment.objects.count()) == (1, 1)


def test_where_nothing_can_be_stored_the_message_is_sent_and_it_is_said(
    login: Login, topic: Topic, ann: User, settings: Any, tmp_path: Path
) -> None:
    (tmp_path / "full").write_text("no folder")
    backend = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "full"}}
    settings.STORAGES = {**settings.STORAGES, "private": backend}
    window = login(ann)
    room = send(window, topic, pdf())["Location"]
    assert "a file could not be stored" in window.get(room).text
    assert Conversation.objects.get().messages.get().text == "It never came."
    assert not Attachment.objects.filter(is_sent=True).exists()


@pytest.mark.any_database
def test_who_has_no_room_yet_sends_few_files(client: Client, topic: Topic) -> None:
    bad = [SimpleUploadedFile(f"{number}.exe", b"MZ\x90\x00") for number in range(5)]
    for _try in range(2):
        send(client, topic, *bad, without_account="1")
    assert "These were many files in a short time" in send(client, topic, pdf(), without_account="1").text
