"""Ann asks for a copy of everything the site holds of her; nobody else gets it."""

from __future__ import annotations

import re
import stat
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts import exports
from accounts.erasure import begin_erasure, erase_account
from accounts.exports import request_export
from accounts.jobs import work_due
from accounts.mail import deliver_due
from accounts.models import DataExport, Job, User
from accounts.models.job import RETRY_MINUTES
from accounts.retention import delete_exports
from tests.accounts.privacy import WORDS, copy_of, give_face, live, made_copy, reauthenticated
from tests.canaries import Cast, plant

Login = Callable[[User], Client]


def test_ann_asks_gets_a_letter_and_fetches_her_copy(login: Login, ann: User) -> None:
    client = reauthenticated(login(ann), "/account/data/")
    assert "We are making your copy" in client.post("/account/data/", follow=True).text
    assert "is being made" in client.get("/account/data/").text
    work_due()
    deliver_due()
    link = re.search(r"http://127\.0\.0\.1:8000(/account/data/\w+/)", str(mail.outbox[0].body))
    assert link, mail.outbox[0].body
    assert "Your copy is ready" in client.get("/account/data/").text
    answer = client.get(link[1])
    assert answer.headers["Content-Type"] == "application/zip"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="20')
    assert "no-store" in answer.headers["Cache-Control"]
    with ZipFile(BytesIO(answer.getvalue())) as archive:
        assert archive.testzip() is None
        assert {"data.json", "index.html"} <= set(archive.namelist())


def test_it_needs_the_password(login: Login, ann: User) -> None:
    assert login(ann).post("/account/data/").url.startswith("/account/reauthenticate/")
    assert not DataExport.objects.exists()


def test_others_and_visitors_do_not_get_it(login: Login, client: Client, ann: User, ben: User, olga: User) -> None:
    address = made_copy(ann).get_absolute_url()
    assert login(ann).get(address).status_code == 200
    assert [login(other).get(address).status_code for other in (ben, olga)] == [404, 404]
    assert client.get(address).url == f"/account/login/?next={address}"


def test_the_file_lies_where_no_address_leads(ann: User, settings: Any) -> None:
    export = made_copy(ann)
    assert not export.path.is_relative_to(settings.MEDIA_ROOT)
    assert stat.S_IMODE(export.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(export.path.parent.stat().st_mode) == 0o700


def test_the_copy_holds_every_word_of_hers(ann: User, ben: User, stella: User, moritz: User) -> None:
    live(ann, ben, stella, moritz)
    export = made_copy(ann)
    with ZipFile(export.path) as archive:
        data, page = archive.read("data.json").decode(), archive.read("index.html").decode()
    assert [word for word in WORDS if word not in data] == []
    assert [word for word in WORDS if word not in page] == []
    assert "ann@example.org" in data
    assert "Too rude, all of it." in data


def test_the_page_needs_nothing_else(ann: User, ben: User, stella: User, moritz: User) -> None:
    live(ann, ben, stella, moritz)
    with ZipFile(made_copy(ann).path) as archive:
        page = archive.read("index.html").decode()
    assert not re.search(r"<script|<link|<img|\son\w+=|src=|url\(", page)
    assert "<b>" not in page


def test_what_somebody_wrote_becomes_no_markup(ann: User) -> None:
    User.objects.filter(pk=ann.pk).update(language="en")
    from tests.factories import make_question

    make_question(ann, "Is <script>alert(1)</script> safe?", text="<img src=x onerror=alert(1)>")
    with ZipFile(made_copy(ann).path) as archive:
        page = archive.read("index.html").decode()
    assert "&lt;script&gt;" in page
    assert "<script" not in page
    assert "<img" not in page


def test_staff_names_are_in_it_only_as_the_page_shows_them(ann: User, ben: User, stella: User, moritz: User) -> None:
    live(ann, ben, stella, moritz)
    copy = copy_of(ann)
    said = repr(copy)
    assert "Stella Stern" in said
    for inner in ("'stella'", "moritz", "stella@example.org", "ben@example.org"):
        assert inner not in said.lower()


def test_no_copy_holds_a_word_that_is_not_for_its_reader(
    ann: User, ben: User, stella: User, moritz: User, olga: User
) -> None:
    from accounts.models import Role, StaffCard

    sami = User.objects.create_user("sami", "sami@example.org", role=Role.STAFF)
    StaffCard.objects.create(user=sami, slug="sami", name="Sami Sand", role_title="Advice")
    cast = Cast(ann, ben, stella, sami, moritz, olga)
    planted = plant(cast)
    # One's own deleted words, versions and reports are hidden from readers, not from the copy.
    own = {"canarydeleted", "canaryhiddenversion", "canarynotice", "canaryreporter"}
    wrong = []
    for reader in cast.everybody:
        said = repr(copy_of(reader))
        wrong += [
            f"{reader.nickname}: {word}"
            for word, readers in planted.words.items()
            if reader.nickname not in readers and word in said and not word.startswith(tuple(own))
        ]
    assert wrong == []


def test_staff_get_what_is_theirs(
    stella: User, ann: User, ben: User, moritz: User, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    give_face(stella)
    live(ann, ben, stella, moritz)
    export = made_copy(stella)
    with ZipFile(export.path) as archive:
        names, data = archive.namelist(), archive.read("data.json").decode()
    assert [name for name in names if name.startswith("media/") and name.endswith(".webp")]
    assert '"role_title": "Soap maker"' in data
    assert "wordmessage" not in data, "what Ann wrote in private is Ann's"


def test_one_copy_at_a_time_and_a_day(login: Login, ann: User) -> None:
    client = reauthenticated(login(ann), "/account/data/")
    for _press in range(3):
        client.post("/account/data/")
    assert DataExport.objects.count() == Job.objects.count() == 1
    work_due()
    assert "less than a day ago" in client.post("/account/data/", follow=True).text
    assert "Make a copy" not in client.get("/account/data/").text
    DataExport.objects.update(requested_at=timezone.now() - timedelta(hours=25))
    assert "Make a copy" in client.get("/account/data/").text
    client.post("/account/data/")
    assert DataExport.objects.count() == 2


def test_after_its_days_it_is_gone(login: Login, ann: User) -> None:
    export = made_copy(ann)
    assert export.expires_at
    assert export.ready_at
    assert export.expires_at - export.ready_at == timedelta(days=7)
    client = login(ann)
    with time_machine.travel(export.expires_at - timedelta(minutes=1)):
        delete_exports(timezone.now())
        assert client.get(export.get_absolute_url()).status_code == 200
    with time_machine.travel(export.expires_at + timedelta(minutes=1)):
        assert client.get(export.get_absolute_url()).status_code == 404
        assert "no longer there" in client.get("/account/data/").text
        delete_exports(timezone.now())
    assert not export.path.exists()


def test_a_lost_file_is_no_fault(login: Login, ann: User) -> None:
    export = made_copy(ann)
    export.path.unlink()
    assert login(ann).get(export.get_absolute_url()).status_code == 404


def test_what_fails_is_said_and_may_be_asked_for_again(login: Login, ann: User, settings: Any, tmp_path: Any) -> None:
    good, broken = settings.EXPORTS_DIR, tmp_path / "file"
    broken.write_text("no folder")
    settings.EXPORTS_DIR = broken
    request_export(user=ann)
    for _try in range(len(RETRY_MINUTES) + 1):
        work_due(Job.objects.get().due_at)
    settings.EXPORTS_DIR = good
    client = reauthenticated(login(ann), "/account/data/")
    page = client.get("/account/data/").text
    assert "could not be made" in page
    assert "Make a copy" in page
    client.post("/account/data/")
    work_due()
    assert "Your copy is ready" in client.get("/account/data/").text


def give_up(user: User, settings: Any, folder: Path, *, last: str = "fails") -> None:
    """Every try fails; the last one may take its worker with it instead."""
    good, settings.EXPORTS_DIR = settings.EXPORTS_DIR, folder / "file"
    settings.EXPORTS_DIR.write_text("no folder")
    request_export(user=user)
    for number in range(len(RETRY_MINUTES) + 1):
        due = Job.objects.get().due_at
        if number == len(RETRY_MINUTES) and last == "kills":
            Job.objects.get().claim(due)
            due = Job.objects.get().due_at
        else:
            deliver_due()
            assert mail.outbox == []
        work_due(due)
    settings.EXPORTS_DIR = good


@pytest.mark.parametrize("last", ["fails", "kills"])
def test_a_letter_says_that_it_failed_for_good(ann: User, settings: Any, tmp_path: Path, last: str) -> None:
    give_up(ann, settings, tmp_path, last=last)
    deliver_due()
    [letter] = mail.outbox
    assert (letter.to, letter.subject) == (["ann@example.org"], "The copy of your data could not be made")
    assert "http://127.0.0.1:8000/account/data/\n" in str(letter.body)
    assert "no folder" not in str(letter.body)
    assert "Error" not in str(letter.body)


def test_no_letter_says_so_once_another_was_asked_for(ann: User, settings: Any, tmp_path: Path) -> None:
    give_up(ann, settings, tmp_path)
    request_export(user=ann)
    deliver_due()
    assert mail.outbox == []


def test_no_letter_goes_to_who_erased_the_account_meanwhile(ann: User, settings: Any, tmp_path: Path) -> None:
    export = request_export(user=ann)
    begin_erasure(user=ann, keep_posts=True, farewell=False)
    exports.tell_of_failure({"export": export.pk})
    deliver_due()
    assert mail.outbox == []


def test_the_page_says_that_there_is_none_yet(login: Login, ann: User) -> None:
    assert "Make a copy" in login(ann).get("/account/data/").text


def files(settings: Any) -> list[str]:
    return sorted(file.suffix for file in Path(settings.EXPORTS_DIR).iterdir())


@pytest.mark.parametrize("erase", [begin_erasure, erase_account])
def test_who_erases_while_the_copy_is_written_leaves_no_file(
    ann: User, settings: Any, monkeypatch: pytest.MonkeyPatch, erase: Callable[..., object]
) -> None:
    write = exports.write_archive

    def erased_meanwhile(path: Path, user: User) -> None:
        write(path, user)
        erase(user=user, keep_posts=True)
        path.touch()  # the worker writes on

    monkeypatch.setattr(exports, "write_archive", erased_meanwhile)
    request_export(user=ann)
    work_due()
    assert files(settings) == []
    assert not DataExport.objects.exclude(ready_at=None).exists()


def test_what_a_killed_worker_leaves_goes_with_the_account(ann: User, settings: Any) -> None:
    export = request_export(user=ann)
    export.path.parent.mkdir(parents=True, exist_ok=True)
    export.unfinished.write_text("half a copy")
    delete_exports(timezone.now())
    assert files(settings) == [".part"], "somebody may be writing it"
    erase_account(user=ann, keep_posts=True)
    assert files(settings) == []


def test_a_file_that_nothing_leads_to_is_deleted(ann: User, ben: User, settings: Any) -> None:
    made_copy(ann)
    lost, failed = made_copy(ben).path, request_export(user=User.objects.create_user("cem", "cem@example.org"))
    DataExport.objects.filter(user=ben).delete()
    failed.unfinished.write_text("half a copy")
    Job.objects.filter(export=failed).update(failed_at=timezone.now())
    assert lost.exists()
    delete_exports(timezone.now())
    assert files(settings) == [".zip"]
    assert DataExport.objects.get(user=ann).path.exists()
