"""A copy of one's data that can not be made, and files that nothing leads to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
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
from tests.accounts.privacy import made_copy, reauthenticated

Login = Callable[[User], Client]


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
