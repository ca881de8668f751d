"""The people who answer, and what they answered lately."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Role, StaffCard, User
from forum.models import Company
from tests.factories import make_answer, make_question, make_topic

pytestmark = pytest.mark.any_database


def body(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_a_visitor_sees_who_answers(client: Client, stella: User, moritz: User) -> None:
    page = body(client, "/team/")
    assert "Stella Stern" in page
    assert "Moritz Mai" in page
    assert "example.org" not in page


@pytest.mark.parametrize("change", [{"left_at": timezone.now()}, {"role": ""}, {"is_active": False}])
def test_who_left_is_not_listed_but_keeps_a_page(client: Client, ann: User, stella: User, change: dict) -> None:
    make_answer(make_question(ann), stella)
    StaffCard.objects.filter(user=stella).update(**{k: v for k, v in change.items() if k == "left_at"})
    User.objects.filter(pk=stella.pk).update(**{k: v for k, v in change.items() if k != "left_at"})
    assert "Stella Stern" not in body(client, "/team/")
    page = body(client, "/team/stella/")
    assert "Former member of the team" in page
    assert 'class="badge"' not in page
    assert "The answers stay." in page
    assert "How long does soap last?" in page


def test_a_site_without_people_says_so(client: Client, company: Company) -> None:
    assert "Nobody has introduced themselves yet" in body(client, "/team/")


def test_olga_finds_the_way_to_introduce_people(login: Callable[[User], Client], olga: User) -> None:
    StaffCard.objects.all().delete()
    assert "/desk/team/" in body(login(olga), "/team/")


def test_a_card_shows_topics_and_answers(client: Client, ann: User, stella: User) -> None:
    make_topic(staff=[stella])
    answer = make_answer(make_question(ann), stella, "Two years, **dry** & dark.")
    page = body(client, "/team/stella/")
    assert f"/a/{answer.public_id}/" in page
    assert "Two years, dry &amp; dark." in page
    assert "/t/soap/" in page


def test_all_answers_are_there_page_by_page(client: Client, ann: User, stella: User) -> None:
    for number in range(12):
        make_answer(make_question(ann, f"Number {number} of twelve"), stella)
    first = body(client, "/team/stella/")
    following = re.search(r'rel="next" href="([^"]+)"', first)
    assert following
    second = body(client, f"/team/stella/{following[1].replace('&amp;', '&')}")
    shown = [number for number in range(12) if f"Number {number} of twelve" in first]
    assert shown == list(range(2, 12))
    assert [number for number in range(12) if f"Number {number} of twelve" in second] == [0, 1]


def test_history_stays_true_when_the_role_title_changes(client: Client, ann: User, stella: User) -> None:
    question = make_question(ann)
    make_answer(question, stella)
    StaffCard.objects.filter(user=stella).update(role_title="Head of soap")
    page = body(client, question.get_absolute_url())
    assert "Soap maker" in page
    assert "Head of soap" not in page


@pytest.mark.parametrize("fact", ["held_at", "hidden_at", "deleted_at"])
def test_what_is_not_public_is_not_on_a_card(client: Client, ann: User, stella: User, fact: str) -> None:
    make_answer(make_question(ann), stella, "canary", **{fact: timezone.now()})
    make_answer(make_question(ann, "canary title", **{fact: timezone.now()}), stella)
    assert "canary" not in body(client, "/team/stella/")


def test_stella_finds_the_way_to_her_card(login: Callable[[User], Client], stella: User, moritz: User) -> None:
    assert "/desk/card/" in body(login(stella), "/team/stella/")
    assert "Edit my card" not in body(login(moritz), "/team/stella/")


def test_an_unknown_card_is_not_there(client: Client, company: Company) -> None:
    assert client.get("/team/nobody/").status_code == 404


def test_a_card_without_a_person_is_still_shown(client: Client, company: Company) -> None:
    StaffCard.objects.create(slug="gone", name="Gero Gone", role_title="Soap maker")
    assert "Gero Gone does not answer here any more." in body(client, "/team/gone/")


def test_queries_do_not_grow(client: Client, ann: User, stella: User, django_assert_max_num_queries) -> None:
    for number in range(12):
        make_answer(make_question(ann, f"Number {number}"), stella)
        user = User.objects.create_user(f"staff{number}", f"{number}@example.org", role=Role.STAFF)
        StaffCard.objects.create(user=user, slug=f"s{number}", name=f"S{number}", role_title="Staff")
    for path, most in (("/team/", 3), ("/team/stella/", 5)):
        with django_assert_max_num_queries(most):
            body(client, path)
