"""What a customer said in public, for everybody; nothing else about them, for nobody."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import StaffCard, User
from forum.actions.answers import accept_answer, set_helpful
from tests.factories import make_answer, make_comment, make_conversation, make_question


def body(client: Client, path: str = "/people/ann/") -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_questions_answers_and_thanks_are_counted(client: Client, ann: User, ben: User) -> None:
    make_question(ann, "Does it float?")
    answer = make_answer(make_question(ben, "Does it sink?"), ann)
    accept_answer(answer=answer, by=ben)
    set_helpful(answer=answer, user=ben, on=True)
    page = body(client)
    for text in ("Does it float?", "Does it sink?", "1 question", "1 answer accepted", "found helpful 1 time"):
        assert text in page


def test_the_page_tells_neither_the_address_nor_search_engines(client: Client, ann: User) -> None:
    make_question(ann)
    page = body(client)
    assert "example.org" not in page
    assert '<meta name="robots" content="noindex">' in page


def test_who_only_wrote_in_private_is_nobody_here(
    client: Client, login: Callable[[User], Client], ann: User, ben: User
) -> None:
    make_conversation(ann)
    for reader in (client, login(ben)):
        assert reader.get("/people/ann/").status_code == 404


def test_forbidden_and_missing_look_the_same(client: Client, ann: User) -> None:
    quiet, missing = client.get("/people/ann/"), client.get("/people/zoe/")
    assert quiet.content.replace(b"ann", b"zoe") == missing.content


def test_ann_finds_her_own_page_also_when_it_is_empty(login: Callable[[User], Client], ann: User) -> None:
    page = body(login(ann))
    assert "You have not asked anything in public yet" in page
    assert "This is how others see you." in page


@pytest.mark.parametrize("fact", ["held_at", "hidden_at", "deleted_at"])
def test_what_is_not_public_is_neither_shown_nor_counted(client: Client, ann: User, ben: User, fact: str) -> None:
    make_question(ann)
    make_question(ann, "canary title", **{fact: timezone.now()})
    make_answer(make_question(ben), ann, "canary", **{fact: timezone.now()})
    page = body(client)
    assert "canary" not in page
    assert "1 question<" in page
    assert "0 answers" in page


def test_an_undone_acceptance_is_not_counted(client: Client, ann: User, ben: User) -> None:
    answer = make_answer(make_question(ben), ann)
    accept_answer(answer=answer, by=ben)
    answer.acceptances.update(undone_at=timezone.now())
    assert "answer accepted" not in body(client)


def test_comments_alone_make_a_person_known(client: Client, ann: User, ben: User) -> None:
    make_comment(make_question(ben), ann)
    assert "Only comments so far" in body(client)


def test_staff_are_shown_by_their_card(client: Client, stella: User) -> None:
    assert client.get("/people/stella/")["Location"] == "/team/stella/"


def test_who_left_the_team_is_shown_with_what_they_said_as_a_customer(client: Client, ann: User, stella: User) -> None:
    make_answer(make_question(ann), stella, "Said with the badge.")
    make_question(stella, "Asked with the badge")
    make_comment(make_question(ann), stella)
    StaffCard.objects.update(left_at=timezone.now())
    User.objects.filter(pk=stella.pk).update(role="")
    assert client.get("/people/stella/").status_code == 404
    stella.refresh_from_db()
    make_question(stella, "Said without it")
    page = body(client, "/people/stella/")
    assert "Said without it" in page
    assert "with the badge" not in page
    assert "Stella Stern" not in page


@pytest.mark.parametrize("written", ["ANN", "Ann"])
def test_another_spelling_leads_to_the_real_one(client: Client, ann: User, written: str) -> None:
    assert client.get(f"/people/{written}/").status_code == 404  # nobody here as yet, however it is written
    make_question(ann)
    assert client.get(f"/people/{written}/")["Location"] == "/people/ann/"


@pytest.mark.parametrize("written", ["nobody", "%00", "a%0Ab", "ſ" * 500, "%F0%9F%A7%BC"])
def test_an_unknown_name_is_not_there(client: Client, ann: User, written: str) -> None:
    assert client.get(f"/people/{written}/").status_code == 404


def test_queries_do_not_grow(
    login: Callable[[User], Client], ann: User, ben: User, django_assert_max_num_queries
) -> None:
    for number in range(12):
        make_answer(make_question(ann, f"Number {number}"), ann)
    reader = login(ben)
    with django_assert_max_num_queries(8):
        body(reader)


def test_who_switches_the_page_off_is_found_by_nobody_but_the_team(
    client: Client, login: Callable[[User], Client], ann: User, ben: User, stella: User
) -> None:
    answer = make_answer(make_question(ann), ann)
    make_comment(answer, ann)
    mine = login(ann)
    mine.post("/account/", {"appearance": "1"})
    missing = client.get("/people/zoe/").content
    for reader in (client, login(ben)):
        gone = reader.get("/people/ann/")
        assert gone.status_code == 404
        page = reader.get(answer.question.get_absolute_url()).content.decode()
        assert ">ann<" in page
        assert "/people/ann/" not in page
    assert client.get("/people/ann/").content.replace(b"ann", b"zoe") == missing
    assert "You have switched this page off" in body(mine)
    assert "This page is switched off. Only our team finds it." in body(login(stella))
    mine.post("/account/", {"appearance": "1", "page": "on"})
    assert "ann" in body(client)
    assert "/people/ann/" in client.get(answer.question.get_absolute_url()).content.decode()


def test_the_team_finds_nobody_who_never_spoke_in_public(
    login: Callable[[User], Client], ann: User, stella: User
) -> None:
    make_conversation(ann)
    assert login(stella).get("/people/ann/").status_code == 404
