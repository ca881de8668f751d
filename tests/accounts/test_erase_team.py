"""The team erases accounts too: what was answered for the company stays, and somebody must stay to look after it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from accounts.erasure import erase_account
from accounts.mail import deliver_due
from accounts.models import RoleChange, User
from forum.actions.team import leave, take_out
from forum.models import Company
from tests.accounts.privacy import give_face, left_of, reauthenticated
from tests.factories import make_answer, make_faq, make_question, make_topic

Login = Callable[[User], Client]
YES = {"posts": "remove", "sure": "on"}


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path


def test_the_only_owner_can_not_leave(login: Login, olga: User) -> None:
    client = reauthenticated(login(olga), "/account/erase/")
    page = client.get("/account/erase/").text
    assert "You are the only owner" in page
    assert 'class="button" href="/desk/team/"' in page, "roles are given there"
    answer = client.post("/account/erase/", YES)
    assert answer.status_code == 422
    assert "You are the only owner" in answer.text
    assert User.objects.get(pk=olga.pk).is_owner


def test_one_of_two_owners_can(login: Login, olga: User, moritz: User) -> None:
    User.objects.filter(pk=moritz.pk).update(role="owner")
    client = reauthenticated(login(olga), "/account/erase/")
    assert client.post("/account/erase/", YES).status_code == 200
    assert not User.objects.filter(pk=olga.pk).exists()


def test_what_stella_answered_for_the_company_stays_without_her_name(
    stella: User, ann: User, client: Client, media: Path
) -> None:
    give_face(stella)
    answer = make_answer(make_question(ann), stella, "Two years.")
    make_faq(stella)
    make_topic("Soap", "soap", staff=[stella])
    erase_account(user=stella, keep_posts=False)
    page = client.get(answer.question.get_absolute_url()).content.decode()
    for said in ("Two years.", "Former member of the team", "Soap maker"):
        assert said in page
    deliver_due()
    assert left_of(("stella",), media) == []
    assert not list(media.rglob("*.webp"))


def test_her_name_may_stay_if_she_likes(stella: User, ann: User, client: Client, media: Path) -> None:
    give_face(stella)
    answer = make_answer(make_question(ann), stella, "Two years.")
    erase_account(user=stella, keep_posts=True, keep_name=True)
    page = client.get(answer.question.get_absolute_url()).content.decode()
    assert "Stella Stern" in page
    card = answer.staff_card
    assert card
    card.refresh_from_db()
    assert (card.name, card.user, card.portrait.name, bool(card.left_at)) == ("Stella Stern", None, "", True)
    assert "/team/stella/" in page
    assert not list(media.rglob("*.webp"))


def test_the_former_member_is_called_so_in_the_companys_language(stella: User, ann: User) -> None:
    Company.objects.update(languages="de,en")
    answer = make_answer(make_question(ann), stella)
    erase_account(user=stella, keep_posts=True)
    answer.refresh_from_db()
    assert answer.posted_as_name == "Früher im Team"


@pytest.mark.parametrize("keep_posts", [True, False])
def test_what_was_answered_for_the_company_stays_also_when_stella_had_left_before(
    stella: User, ann: User, client: Client, media: Path, keep_posts: bool
) -> None:
    give_face(stella)
    answer = make_answer(make_question(ann), stella, "Two years.")
    leave(person=stella)
    erase_account(user=User.objects.get(pk=stella.pk), keep_posts=keep_posts)
    page = client.get(answer.question.get_absolute_url()).content.decode()
    for said in ("Two years.", "Former member of the team", "Soap maker"):
        assert said in page
    deliver_due(limit=500)
    assert left_of(("stella",), media) == []


def test_who_had_left_is_asked_for_the_name_on_the_card(login: Login, stella: User, ann: User) -> None:
    leave(person=stella)
    stella.refresh_from_db()
    asked = "The name on my card may stay"
    assert asked in reauthenticated(login(stella), "/account/erase/").get("/account/erase/").text
    assert asked not in reauthenticated(login(ann), "/account/erase/").get("/account/erase/").text


def test_the_log_does_not_say_of_two_who_are_gone_that_one_left(stella: User, olga: User, moritz: User) -> None:
    User.objects.filter(pk=moritz.pk).update(role="owner")
    take_out(person=stella, by=olga)
    for person in (stella, olga):
        erase_account(user=User.objects.get(pk=person.pk), keep_posts=True)
    took, left = RoleChange.objects.order_by("pk")
    former = "Former member of the team"
    assert took.sentence == f"{former} took {former} out of the team (before: Staff)."
    assert left.sentence == f"{former} left the team (before: Owner)."
