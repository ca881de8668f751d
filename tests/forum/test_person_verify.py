"""Stella looks up an order and confirms Ann as a customer; what others see of it is Ann's choice."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import User, Verification
from accounts.verifying import undo_verification, verify_customer
from tests.factories import make_answer, make_comment, make_conversation, make_question

pytestmark = pytest.mark.any_database

Login = Callable[[User], Client]
URL = "/people/ann/verify/"
ORDER = {"order_number": "R-2026/118"}


@pytest.fixture(autouse=True)
def asked(ann: User, ben: User) -> None:
    make_question(ann)
    make_question(ben, "Does it float?")


def test_who_wrote_in_private_is_found_by_those_who_serve_the_topic(
    login: Login, moritz: User, stella: User, olga: User
) -> None:
    vera = User.objects.create_user("vera", "vera@example.org")
    conversation = make_conversation(vera)
    for person in (stella, moritz):
        person.served_topics.clear()
        assert login(person).get("/people/vera/").status_code == 404
    stella.served_topics.add(conversation.topic)
    assert login(stella).get("/people/vera/").status_code == 200
    assert login(stella).post("/people/vera/verify/", ORDER).status_code == 200


def test_whose_post_is_held_is_found_by_moderators(login: Login, moritz: User, stella: User) -> None:
    vera = User.objects.create_user("vera", "vera@example.org")
    make_question(vera, held_at=timezone.now())
    assert login(stella).get("/people/vera/").status_code == 404
    assert login(moritz).get("/people/vera/").status_code == 200


def shows_tick(page: str) -> bool:
    return 'class="tick"' in page


def test_stella_confirms_ann_and_sees_the_number_once(login: Login, ann: User, stella: User) -> None:
    client = login(stella)
    assert "Confirm as a customer" in client.get("/people/ann/").content.decode()
    response = client.post(URL, ORDER)
    assert response.status_code == 200
    assert "R-2026/118" in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    found = Verification.objects.get()
    assert (found.user, found.verified_by, found.verified_by_name) == (ann, stella, "Stella Stern")
    page = client.get("/people/ann/").content.decode()
    assert "Confirmed as a customer by Stella Stern" in page
    assert "2026/118" not in page


def test_the_number_is_kept_nowhere(login: Login, stella: User) -> None:
    client = login(stella)
    client.post(URL, ORDER)
    text = (models.CharField, models.TextField)
    for model in apps.get_models():
        for field in (field for field in model._meta.concrete_fields if isinstance(field, text)):
            assert (
                not model._base_manager.filter(**{f"{field.name}__icontains": "2026"})
                .filter(**{f"{field.name}__icontains": "118"})
                .exclude(**{f"{field.name}__regex": "^[0-9a-f]{64}$"})
                .exists()
            ), f"{model.__name__}.{field.name}"
    assert "118" not in str(client.cookies)


@pytest.mark.parametrize("spelling", ["R-2026/118", "r 2026 118", "Ｒ2026118", " r-2026-118 "])
def test_one_order_vouches_for_one_account(login: Login, stella: User, spelling: str) -> None:
    client = login(stella)
    client.post("/people/ben/verify/", ORDER)
    response = client.post(URL, {"order_number": spelling})
    assert response.status_code == 422
    assert "already vouched for another account" in response.content.decode()
    assert not User.objects.get(nickname="ann").verified_at


@pytest.mark.database
def test_the_database_itself_lets_one_order_vouch_once(ann: User, ben: User, stella: User) -> None:
    Verification.objects.create(user=ann, order_digest="x", verified_by=stella)
    with pytest.raises(IntegrityError), transaction.atomic():
        Verification.objects.create(user=ben, order_digest="x", verified_by=stella)


@pytest.mark.parametrize("typed", ["", "  ", "-/-", "12", "x" * 41])
def test_what_is_no_order_number_comes_back(login: Login, stella: User, typed: str) -> None:
    response = login(stella).post(URL, {"order_number": typed})
    assert response.status_code == 422
    assert 'id="id_order_number_error"' in response.content.decode()


def test_the_public_sees_the_tick_only_if_ann_wants_it(login: Login, ann: User, ben: User, stella: User) -> None:
    answer = make_answer(make_question(ben, "Which one?"), ann)
    make_comment(answer, ann)
    verify_customer(user=ann, order_number="R1188", by=stella)
    paths = [answer.question.get_absolute_url(), "/people/ann/"]
    assert not any(shows_tick(Client().get(path).content.decode()) for path in paths)
    client = login(ann)
    assert "Show that I am a verified customer" in client.get("/account/").content.decode()
    client.post("/account/", {"appearance": "1", "page": "on", "tick": "on"})
    for path in paths:
        page = Client().get(path).content.decode()
        assert shows_tick(page)
        assert "Verified customer" in page
        assert "Stella Stern" not in page
        assert "R1188" not in page


def test_who_is_not_verified_is_not_asked(login: Login, ann: User) -> None:
    client = login(ann)
    assert 'name="tick"' not in client.get("/account/").content.decode()
    client.post("/account/", {"appearance": "1", "page": "on", "tick": "on"})
    ann.refresh_from_db()
    assert ann.tick_shown_at is None


def test_it_can_be_taken_back(login: Login, ann: User, ben: User, stella: User) -> None:
    verify_customer(user=ann, order_number="R1188", by=stella)
    User.objects.filter(pk=ann.pk).update(tick_shown_at=ann.verified_at)
    client = login(stella)
    assert client.post("/people/ann/unverify/").url == "/people/ann/"
    assert not shows_tick(client.get("/people/ann/").content.decode())
    undone = Verification.objects.get()
    assert (undone.undone_by, undone.undone_by_name) == (stella, "Stella Stern")
    verify_customer(user=ben, order_number="R1188", by=stella)
    undo_verification(user=ann, by=stella)
    ben.refresh_from_db()
    assert ben.verified_at


def test_only_the_team_confirms_and_only_customers(login: Login, ann: User, stella: User, moritz: User) -> None:
    assert login(ann).post(URL, ORDER).status_code == 404
    assert login(ann).post("/people/ann/unverify/").status_code == 404
    assert Client().post(URL, ORDER).status_code == 401
    make_question(moritz)
    assert login(stella).post("/people/moritz/verify/", ORDER).status_code in {403, 404}
    assert login(stella).post("/people/nobody/verify/", ORDER).status_code == 404
    assert not Verification.objects.exists()
