"""Ann asks for a copy of everything the site holds of her; nobody else gets it."""

from __future__ import annotations

import re
import stat
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.jobs import work_due
from accounts.mail import deliver_due
from accounts.models import DataExport, Job, User
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


def test_the_page_says_that_there_is_none_yet(login: Login, ann: User) -> None:
    assert "Make a copy" in login(ann).get("/account/data/").text
