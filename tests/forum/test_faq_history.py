"""The team reads how an entry came to what it says: who changed it, when and why."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from forum.models import FaqEntry, FaqRevision
from tests.factories import make_faq

pytestmark = pytest.mark.any_database

Login = Callable[[User], Client]


def change(client: Client, entry: FaqEntry, **said: Any) -> None:
    entry.refresh_from_db()
    begun = entry.edited_at.isoformat() if entry.edited_at else ""
    form = {"title": entry.title, "text": entry.text, "topic": entry.topic_id, "language": "en", "position": "3"}
    answer = client.post(f"/desk/faq/{entry.pk}/", form | {"begun_from": begun} | said)
    assert answer.status_code == 302


def test_the_team_sees_who_changed_what_and_why(login: Login, stella: User, moritz: User) -> None:
    entry = make_faq(stella, text="It lasts two years.")
    change(login(moritz), entry, text="It lasts three years.", reason="The maker says so.")
    page = login(stella).get(f"/desk/faq/{entry.pk}/history/").text
    assert "<mark>two</mark>" in page
    assert "<mark>three</mark>" in page
    assert "Moritz Mai" in page
    assert "The maker says so." in page
    assert f"/desk/faq/{entry.pk}/history/" in login(stella).get(f"/desk/faq/{entry.pk}/").text


def test_what_says_the_same_is_no_version(login: Login, stella: User) -> None:
    entry = make_faq(stella)
    change(login(stella), entry, position="7")
    assert not FaqRevision.objects.exists()
    assert "There is only this one version" in login(stella).get(f"/desk/faq/{entry.pk}/history/").text
    for text in ("One.", "Two."):
        change(login(stella), entry, text=text)
    assert list(FaqRevision.objects.values_list("number", "edited_by_name")) == [
        (number, "Stella Stern") for number in (1, 2, 3)
    ]


def test_nobody_else_reads_them(client: Client, login: Login, ann: User, stella: User) -> None:
    entry = make_faq(stella)
    change(login(stella), entry, text="Canary.", reason="Why not.")
    assert login(ann).get(f"/desk/faq/{entry.pk}/history/").status_code == 404
    assert client.get(f"/desk/faq/{entry.pk}/history/").status_code == 302
    assert "Why not." not in client.get(entry.get_absolute_url()).text
