"""Pictures and files in the private room: sealed where they lie, read through the gate, gone with their message."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone
from PIL import Image

from accounts.erasure import erase_account
from accounts.models import User
from accounts.retention import delete_what_is_over
from forum import sealed_files
from forum.actions.attachments import attach
from forum.actions.conversations import delete_conversation, send_message
from forum.models import AccessLog, Attachment, Conversation, Draft
from tests.accounts.privacy import made_copy
from tests.factories import make_conversation, make_topic
from tests.pictures import png

pytestmark = pytest.mark.any_database

Login = Callable[[User], Client]
PDF = b"%PDF-1.7\n" + b"canaryinside " * 9_000 + b"\n%%EOF"


@pytest.fixture
def room(ann: User, stella: User) -> Conversation:
    return make_conversation(ann, make_topic("Orders", "orders", channel="both", staff=[stella]))


def pdf(name: str = "canaryname.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/pdf")


def send(client: Client, room: Conversation, *files: Any, **said: Any) -> Any:
    return client.post(f"/private/{room.pk}/", {"text": "See here.", "new_files": list(files), **said})


def lying() -> list[Path]:
    folder = Path(storages["private"].location)  # type: ignore[attr-defined]
    return [path for path in folder.rglob("*") if path.is_file()]


def read(client: Client, attachment: Attachment) -> Any:
    return client.get(attachment.get_absolute_url())


def test_ann_sends_a_file_and_stella_saves_it(login: Login, room: Conversation, ann: User, stella: User) -> None:
    assert send(login(ann), room, pdf()).status_code == 302
    attachment = Attachment.objects.get()
    assert "canaryname.pdf" in login(stella).get(f"/private/{room.pk}/").text
    response = read(login(stella), attachment)
    assert response.getvalue() == PDF
    assert response["Content-Disposition"] == 'attachment; filename="canaryname.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in response["Cache-Control"]


def test_a_picture_is_made_anew_and_looked_at(login: Login, room: Conversation, ann: User) -> None:
    send(login(ann), room, SimpleUploadedFile("me at home.png", png(), "image/png"))
    attachment = Attachment.objects.get()
    response = read(login(ann), attachment)
    assert Image.open(BytesIO(response.getvalue())).format == "WEBP"
    assert response["Content-Disposition"] == 'inline; filename="me at home.webp"'
    assert f'<img src="{attachment.get_absolute_url()}"' in login(ann).get(f"/private/{room.pk}/").text


def test_neither_name_nor_content_lies_anywhere_in_clear(login: Login, room: Conversation, ann: User) -> None:
    send(login(ann), room, pdf())
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM forum_attachment")
        rows = repr([bytes(v) if isinstance(v, memoryview) else v for row in cursor.fetchall() for v in row])
    stored = b"".join(path.read_bytes() for path in lying())
    assert len(stored) > len(PDF)
    assert "canary" not in rows + repr(stored) + repr(lying())


@pytest.mark.parametrize("nickname", ["ben", "moritz", "olga"])
def test_for_everybody_else_there_is_no_such_file(
    login: Login, room: Conversation, ann: User, request: pytest.FixtureRequest, nickname: str
) -> None:
    send(login(ann), room, pdf())
    stranger = login(request.getfixturevalue(nickname))
    assert read(stranger, Attachment.objects.get()).status_code == 404


def test_a_file_is_not_read_through_another_conversation(
    login: Login, room: Conversation, ann: User, ben: User
) -> None:
    send(login(ann), room, pdf())
    own = make_conversation(ben, room.topic)
    path = f"/private/{own.pk}/file/{Attachment.objects.get().pk}/"
    assert login(ben).get(path).status_code == 404


def test_public_media_do_not_lead_there(login: Login, room: Conversation, ann: User) -> None:
    send(login(ann), room, pdf())
    file = Attachment.objects.get().file
    for path in (f"/media/{file}", f"/media/private/{file}", f"/media/../private/{file}"):
        assert login(ann).get(path).status_code == 404


def test_staff_who_save_a_file_stand_in_the_access_log(
    login: Login, room: Conversation, ann: User, stella: User
) -> None:
    send(login(ann), room, pdf())
    read(login(stella), Attachment.objects.get())
    line = AccessLog.objects.get()
    assert (line.staff, line.staff_role) == (stella, "Soap maker")


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("run.exe", b"MZ\x90\x00\x03", "Only pictures"),
        ("page.pdf", b"<html><script>\x00", "Only pictures"),
        ("empty.txt", b"", "empty"),
        ("broken.png", b"\x89PNG\r\n\x1a\n garbage", "Please choose a picture of the type"),
        ("latin.txt", b"caf\xe9", "Only pictures"),
    ],
)
def test_what_is_not_taken_is_said_and_the_words_stay(
    login: Login, room: Conversation, ann: User, name: str, content: bytes, sentence: str
) -> None:
    response = send(login(ann), room, SimpleUploadedFile(name, content), text="Words I typed.")
    assert response.status_code == 422
    assert sentence in response.text
    assert "Words I typed." in response.text
    assert (room.messages.count(), Attachment.objects.count(), lying()) == (1, 0, [])


def test_too_large_and_too_many_are_refused(login: Login, room: Conversation, ann: User, settings: Any) -> None:
    settings.PRIVATE_FILE_MB, settings.PRIVATE_FILES_PER_MESSAGE = 1, 2
    large = SimpleUploadedFile("large.txt", b"x" * (1024 * 1024 + 1))
    assert "larger than 1 MB" in send(login(ann), room, large).text
    assert "at most 2 files" in send(login(ann), room, pdf(), pdf(), pdf()).text
    assert room.messages.count() == 1


def test_a_conversation_holds_so_many_files(login: Login, room: Conversation, ann: User, settings: Any) -> None:
    settings.PRIVATE_FILES_PER_ROOM = 1
    send(login(ann), room, pdf())
    assert "holds as many files as it can" in send(login(ann), room, pdf(), text="One more.").text


def test_a_file_alone_is_a_message(login: Login, room: Conversation, ann: User) -> None:
    assert send(login(ann), room, pdf(), text="").status_code == 302
    assert room.messages.last().attachments.count() == 1  # type: ignore[union-attr]


def test_attached_first_and_sent_afterwards(login: Login, room: Conversation, ann: User) -> None:
    client = login(ann)
    page = send(client, room, pdf(), text="Half a", attach="1")
    assert page.status_code == 200
    assert "Half a" in page.text
    attachment = Attachment.objects.get(is_sent=False)
    assert f'name="attached" value="{attachment.pk}"' in page.text
    assert "canaryname.pdf" in client.get(f"/private/{room.pk}/").text
    send(client, room, text="Half a sentence.", attached=str(attachment.pk))
    attachment.refresh_from_db()
    assert attachment.message == room.messages.last()


def test_what_waits_is_seen_by_its_writer_alone(login: Login, room: Conversation, ann: User, stella: User) -> None:
    send(login(ann), room, pdf(), attach="1")
    attachment = Attachment.objects.get()
    assert "canaryname" not in login(stella).get(f"/private/{room.pk}/").text
    assert read(login(stella), attachment).status_code == 404
    assert read(login(ann), attachment).status_code == 200
    send(login(stella), room, text="Mine now?", attached=str(attachment.pk), waiting_on="us")
    assert not Attachment.objects.get().is_sent


def test_what_is_removed_again_is_gone(login: Login, room: Conversation, ann: User) -> None:
    send(login(ann), room, pdf(), attach="1")
    attachment = Attachment.objects.get()
    page = send(login(ann), room, text="Better not.", attached=str(attachment.pk), detach=str(attachment.pk))
    assert "Better not." in page.text
    assert (Attachment.objects.count(), lying()) == (0, [])


def test_the_same_form_twice_sends_its_files_once(login: Login, room: Conversation, ann: User) -> None:
    for _press in range(2):
        send(login(ann), room, pdf(), form_key="k" * 22)
    assert (room.messages.count(), Attachment.objects.count(), len(lying())) == (2, 1, 1)


def test_a_draft_keeps_its_file_and_takes_it_along(login: Login, room: Conversation, ann: User) -> None:
    form = {
        "draft_purpose": "conversation_detail",
        "draft_target": str(room.pk),
        "text": "Not yet",
        "form_key": "k" * 22,
    }
    login(ann).post("/account/drafts/save/", form | {"new_files": pdf()})
    Attachment.objects.update(created_at=timezone.now() - timedelta(days=3))
    delete_what_is_over()
    assert Draft.objects.count() == Attachment.objects.count() == 1
    login(ann).post("/account/drafts/discard/", form | {"draft_version": "1"})
    assert (Attachment.objects.count(), lying()) == (0, [])


def test_a_draft_of_no_conversation_takes_no_file(login: Login, room: Conversation, ann: User) -> None:
    form = {"draft_purpose": "conversation_detail", "draft_target": "abc", "draft_version": "7", "text": "Hm"}
    assert login(ann).post("/account/drafts/save/", form | {"new_files": pdf()}).status_code == 404
    assert login(ann).post("/account/drafts/discard/", form | {"listed": "1"}).status_code == 404
    assert lying() == []


def test_what_nobody_sends_is_collected_after_a_day(login: Login, room: Conversation, ann: User) -> None:
    send(login(ann), room, pdf(), attach="1", text="")
    delete_what_is_over()
    assert len(lying()) == 1
    Attachment.objects.update(created_at=timezone.now() - timedelta(days=1))
    delete_what_is_over()
    assert (Attachment.objects.count(), lying()) == (0, [])


def test_it_goes_with_its_conversation(
    login: Login, room: Conversation, ann: User, django_capture_on_commit_callbacks: Any
) -> None:
    send(login(ann), room, pdf())
    with django_capture_on_commit_callbacks(execute=True):
        delete_conversation(conversation=room)
    assert (Attachment.objects.count(), lying()) == (0, [])


def test_what_was_left_behind_is_found_by_the_worker(login: Login, room: Conversation, ann: User) -> None:
    send(login(ann), room, pdf())
    room.delete()
    assert len(lying()) == 1
    delete_what_is_over()
    assert (Attachment.objects.count(), lying()) == (0, [])


def test_it_goes_with_the_account(
    login: Login, room: Conversation, ann: User, django_capture_on_commit_callbacks: Any
) -> None:
    send(login(ann), room, pdf())
    with django_capture_on_commit_callbacks(execute=True):
        erase_account(user=ann, keep_posts=True)
    assert (Attachment.objects.count(), lying()) == (0, [])


def test_the_copy_of_anns_data_holds_it(login: Login, room: Conversation, ann: User) -> None:
    send(login(ann), room, pdf())
    with ZipFile(made_copy(ann).path) as archive:
        name = f"media/{Attachment.objects.get().pk}-canaryname.pdf"
        assert archive.read(name) == PDF
        assert "canaryname.pdf" in archive.read("data.json").decode()


@pytest.mark.parametrize("damage", ["cut", "swapped", "flipped"])
def test_a_file_that_was_changed_is_not_handed_out(login: Login, room: Conversation, ann: User, damage: str) -> None:
    send(login(ann), room, pdf())
    path, sealed = lying()[0], lying()[0].read_bytes()
    chunk = sealed_files._SEALED
    changed = {
        "cut": sealed[:chunk],
        "swapped": sealed[chunk:] + sealed[:chunk],
        "flipped": bytes([sealed[0], sealed[1] ^ 1]) + sealed[2:],
    }
    path.chmod(0o600)
    path.write_bytes(changed[damage])
    assert read(login(ann), Attachment.objects.get()).status_code == 503


def test_without_its_key_it_is_a_clear_page_and_nothing_is_written(
    login: Login, room: Conversation, ann: User, settings: Any
) -> None:
    send(login(ann), room, pdf())
    before = lying()[0].read_bytes()
    settings.ENCRYPTION_KEYS = ["bmJubmJubmJubmJubmJubmJubmJubmJubmJubmJubmI="]
    response = read(login(ann), Attachment.objects.get())
    assert response.status_code == 503
    assert "can not be opened at the moment" in response.text
    assert send(login(ann), room, pdf()).status_code == 503
    assert (Attachment.objects.count(), lying()[0].read_bytes()) == (1, before)


def test_a_message_never_waits_with_files_of_nobody(room: Conversation, ann: User, stella: User) -> None:
    """A customer without an account attaches as nobody; no message of somebody else takes that along."""
    nobodys = attach(conversation=room, author=None, file=BytesIO(b"Hello"), name="a.txt", size=5)
    send_message(conversation=room, author=ann, text="Hello", attached=[nobodys.pk])
    nobodys.refresh_from_db()
    assert not nobodys.is_sent
