"""The front door: who you are talking to, by when, and what others asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.models import User
from forum.actions.questions import set_metoo
from forum.models import Company
from tests.factories import make_answer, make_faq, make_faq_from, make_question, make_topic

pytestmark = pytest.mark.any_database

MONDAY_MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SATURDAY = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def body(client: Client) -> str:
    response = client.get("/", headers={"Accept-Language": "en"})
    assert response.status_code == 200
    return response.content.decode()


def test_a_visitor_finds_topics_questions_faq_and_people(client: Client, ann: User, stella: User) -> None:
    make_question(ann, "Does it float?")
    make_faq(stella, "How do I store it?")
    page = body(client)
    for text in ("Does it float?", "How do I store it?", "Stella Stern", "/t/soap/", 'name="q"'):
        assert text in page


@time_machine.travel(MONDAY_MORNING, tick=False)
def test_while_open_the_page_says_so_and_promises_the_hour(client: Client, company: Company) -> None:
    make_topic()
    page = body(client)
    assert "We are here now. Today: 9 a.m.–5 p.m." in page
    # Eight service hours from ten o'clock on Monday in Berlin.
    assert "you will have it by <time" in page
    assert 'datetime="2026-11-24T10:00:00+01:00"' in page


@time_machine.travel(SATURDAY)
def test_while_closed_the_page_says_when_somebody_is_back(client: Client, company: Company) -> None:
    make_topic()
    company.closed_from, company.closed_until = date(2026, 11, 16), date(2026, 11, 24)
    company.closed_note = "We moved house."
    company.save()
    page = body(client)
    assert "We are closed at the moment and back on <time" in page
    assert 'datetime="2026-11-25T09:00:00+01:00"' in page
    assert "We moved house." in page


def test_without_any_hours_nothing_is_made_up(client: Client, company: Company) -> None:
    make_topic()
    Company.objects.update(**dict.fromkeys(("monday", "tuesday", "wednesday", "thursday", "friday"), ""))
    assert "We are closed at the moment." in body(client)


def test_a_discreet_topic_names_its_channel_and_its_faq_stays_in_its_room(client: Client, stella: User) -> None:
    quiet = make_topic("Quiet matters", "quiet", channel="private", discreet=True)
    make_faq(stella, "A quiet question", topic=quiet)
    page = body(client)
    assert "In private: only you and the people who answer can read it." in page
    assert "A quiet question" not in page


def test_the_most_wanted_entry_stands_first(client: Client, ann: User, ben: User, stella: User) -> None:
    make_faq(stella, "Seldom wanted")
    question = make_question(ann, "Often wanted indeed")
    set_metoo(question=question, user=ben, on=True)
    make_faq_from(make_answer(question, stella), stella)
    entries = body(client).split("Often wanted</h2>")[1]
    assert entries.index("Often wanted indeed") < entries.index("Seldom wanted")


def test_entries_in_the_readers_language_stand_first(client: Client, company: Company, stella: User) -> None:
    Company.objects.update(languages="de,en")
    make_faq(stella, "Deutsch", language="de")
    make_faq(stella, "English", language="en")
    page = client.get("/", headers={"Accept-Language": "de"}).content.decode()
    assert page.index(">Deutsch</a>") < page.index(">English</a>")


@pytest.mark.parametrize("fact", ["held_at", "hidden_at", "deleted_at"])
def test_what_is_not_public_is_not_on_the_front_page(client: Client, ann: User, fact: str) -> None:
    make_question(ann, "canary", **{fact: timezone.now()})
    assert "canary" not in body(client)


def test_a_fresh_site_says_that_it_is_being_set_up(client: Client, db: None) -> None:
    page = body(client)
    assert "This place is being set up" in page
    assert "Before you open" not in page
    assert "you will have it by" not in page


def test_a_site_without_questions_invites_the_first(client: Client, company: Company) -> None:
    make_topic()
    assert "Yours would be the first question here." in body(client)


def test_olga_is_told_what_to_set_up_first(client: Client, login: Callable[[User], Client], olga: User) -> None:
    page = body(login(olga))
    assert "Add the topics people may ask about" in page
    assert "Publish your imprint" in page
    assert "Introduce the people" not in page


def test_stella_is_not_bothered_with_setting_up(login: Callable[[User], Client], stella: User) -> None:
    assert "Before you open" not in body(login(stella))


def test_queries_do_not_grow(
    login: Callable[[User], Client], ann: User, olga: User, stella: User, django_assert_max_num_queries
) -> None:
    for number in range(9):
        make_question(ann, f"Number {number}")
        make_faq(stella, f"Entry {number}")
    with django_assert_max_num_queries(6):
        body(Client())
    customer, owner = login(ann), login(olga)
    with django_assert_max_num_queries(7):
        body(customer)
    with django_assert_max_num_queries(8):
        body(owner)
