"""One's own account page: what only oneself sees, and what was decided about what one wrote."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from forum.models import Company
from moderation.actions.decisions import hide, keep, restore
from moderation.actions.notices import report
from tests.factories import make_answer, make_comment, make_question

pytestmark = pytest.mark.any_database

Login = Callable[[User], Client]


def test_ann_sees_her_address_and_nobody_elses(login: Login, ann: User, ben: User) -> None:
    page = login(ann).get("/account/").content.decode()
    assert "ann@example.org" in page
    assert "ben@example.org" not in page


def test_a_visitor_is_asked_to_sign_in(client: Client, company: Company) -> None:
    assert client.get("/account/").url == "/account/login/?next=/account/"


def test_ann_chooses_the_language_of_letters(login: Login, ann: User) -> None:
    Company.objects.update(languages="de,en")
    assert login(ann).post("/account/", {"language": "de"}).url == "/account/"
    ann.refresh_from_db()
    assert ann.language == "de"


def test_a_language_that_is_not_spoken_comes_back(login: Login, ann: User) -> None:
    response = login(ann).post("/account/", {"language": "fr"})
    assert response.status_code == 422
    ann.refresh_from_db()
    assert ann.language == ""


def test_where_one_language_is_spoken_nothing_is_asked(login: Login, ann: User) -> None:
    assert 'name="language"' not in login(ann).get("/account/").content.decode()


def test_ann_reads_why_her_answer_was_removed(login: Login, ann: User, ben: User, moritz: User) -> None:
    answer = make_answer(make_question(ben), ann)
    hide(target=answer, by=moritz, rule="advertising", reason="This sells something else.")
    page = login(ann).get("/account/").content.decode()
    for said in ("This sells something else.", "Advertising", "Answer: Removed", answer.get_absolute_url()):
        assert said in page
    assert "moritz" not in page.lower()
    assert "This sells something else." not in login(ben).get("/account/").content.decode()


def test_ann_is_not_told_of_reports_that_led_to_nothing(login: Login, ann: User, ben: User, moritz: User) -> None:
    notice = report(target=make_question(ann), reporter=ben, rule="insult", reason="I do not like this.")
    keep(notice=notice, by=moritz, reason="Criticism stays.")
    assert "Criticism stays." not in login(ann).get("/account/").content.decode()


def test_one_removal_is_one_line_however_many_reported(login: Login, ann: User, ben: User, moritz: User) -> None:
    question = make_question(ann)
    for reporter in (ben, None):
        report(target=question, reporter=reporter, rule="insult", reason="I do not like this.")
    hide(target=question, by=moritz, rule="insult", reason="Told once.")
    assert login(ann).get("/account/").content.decode().count("Told once.") == 1


def test_what_was_restored_is_told_as_well(login: Login, ann: User, moritz: User) -> None:
    question = make_question(ann)
    hide(target=question, by=moritz, rule="insult", reason="Too hasty.")
    restore(target=question, by=moritz, reason="We were wrong.")
    assert "Question: Restored" in login(ann).get("/account/").content.decode()


def test_the_page_costs_the_same_however_much_was_decided(
    login: Login, ann: User, moritz: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(4):
        question = make_question(ann)
        for target in (make_comment(question, ann), make_answer(question, ann), question):
            hide(target=target, by=moritz, rule="insult", reason="No.")
    client = login(ann)
    with django_assert_max_num_queries(8):
        client.get("/account/")


def test_the_two_forms_do_not_touch_each_other(login: Login, ann: User) -> None:
    Company.objects.update(languages="de,en")
    client = login(ann)
    client.post("/account/", {"language": "de"})
    ann.refresh_from_db()
    assert ann.has_public_page
    client.post("/account/", {"appearance": "1"})
    ann.refresh_from_db()
    assert (ann.has_public_page, ann.language) == (False, "de")
    client.post("/account/", {"appearance": "1", "page": "on"})
    ann.refresh_from_db()
    assert ann.has_public_page
