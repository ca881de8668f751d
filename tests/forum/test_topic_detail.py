"""A topic says in which channel one asks about it, and what is known already."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from forum.models import Company
from tests.factories import make_faq, make_question, make_topic


def body(client: Client, path: str = "/t/soap/") -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(
    ("channel", "asks", "writes"), [("public", True, False), ("both", True, True), ("private", False, True)]
)
def test_the_channel_decides_which_doors_there_are(
    client: Client, company: Company, channel: str, asks: bool, writes: bool
) -> None:
    make_topic(channel=channel)
    page = body(client)
    assert ("/ask/?topic=soap" in page) is asks
    assert ("/private/new/?topic=soap" in page) is writes


def test_its_questions_entries_and_people_are_shown_and_no_others(client: Client, ann: User, stella: User) -> None:
    soap, courses = make_topic(staff=[stella]), make_topic("Courses", "courses")
    make_question(ann, "About soap", topic=soap)
    make_question(ann, "About courses", topic=courses)
    make_faq(stella, "Entry on soap", topic=soap)
    make_faq(stella, "Entry on courses", topic=courses)
    page = body(client)
    assert {"About soap", "Entry on soap", "Stella Stern"} <= set(
        re.findall(r"About \w+|Entry on \w+|Stella Stern", page)
    )
    assert "About courses" not in page
    assert "Entry on courses" not in page


def test_a_discreet_topic_is_named_on_its_page_only(client: Client, company: Company, stella: User) -> None:
    make_topic("Quiet matters", "quiet", channel="private", discreet=True, description="About warts.", staff=[stella])
    response = client.get("/t/quiet/", follow=True)
    assert "quiet" not in response.redirect_chain[-1][0]
    page = response.content.decode()
    head = page.split("</head>")[0]
    assert "Quiet matters" not in head
    assert "warts" not in head
    assert "noindex" in head
    assert "<h1>Quiet matters</h1>" in page
    assert "feed.atom" not in page
    assert "data-quick-exit" in page
    assert "no-store" in response["Cache-Control"]


def test_the_list_goes_on_and_ends(client: Client, ann: User) -> None:
    for number in range(25):
        make_question(ann, f"Number {number}")
    first = body(client)
    after = re.search(r'rel="next" href="(\?after=[^"]+)"', first)
    assert after
    second = body(client, f"/t/soap/{after[1]}")
    titles = re.findall(r"Number \d+", first) + re.findall(r"Number \d+", second)
    assert len(titles) == len(set(titles)) == 25
    assert 'rel="next"' not in second


@pytest.mark.parametrize("after", ["x", "1-", "-1-a", "9" * 30 + "-a", "%00"])
def test_a_broken_cursor_begins_at_the_start(client: Client, ann: User, after: str) -> None:
    make_question(ann, "Does it float?")
    assert "Does it float?" in body(client, f"/t/soap/?after={after}")


def test_an_empty_topic_invites_the_first_question(client: Client, company: Company) -> None:
    make_topic()
    assert "Nobody has asked about this yet" in body(client)


def test_ann_sees_her_own_held_question_and_ben_does_not(login: Callable[[User], Client], ann: User, ben: User) -> None:
    make_question(ann, "Waits for review", held_at=timezone.now())
    assert "Waits for review" in body(login(ann))
    assert "Waits for review" not in body(login(ben))


def test_the_faq_is_shown_in_the_readers_language_or_in_the_other(
    client: Client, company: Company, stella: User
) -> None:
    Company.objects.update(languages="de,en")
    make_faq(stella, "Nur deutsch", language="de")
    assert "Nur deutsch" in client.get("/t/soap/", headers={"Accept-Language": "en"}).content.decode()
    make_faq(stella, "In English too", language="en")
    english = client.get("/t/soap/", headers={"Accept-Language": "en"}).content.decode()
    assert "In English too" in english
    assert "Nur deutsch" not in english


def test_an_unknown_topic_is_not_there(client: Client, company: Company) -> None:
    assert client.get("/t/none/").status_code == 404


def test_queries_do_not_grow(
    login: Callable[[User], Client], ann: User, stella: User, django_assert_max_num_queries
) -> None:
    make_topic(staff=[stella])
    for number in range(25):
        make_question(ann, f"Number {number}")
        make_faq(stella, f"Entry {number}")
    customer = login(ann)
    with django_assert_max_num_queries(8):
        body(customer)
