"""The FAQ: by topic, in the reader's language, searchable, and nothing that is not published."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from forum import faq_shelves
from forum.models import Company, FaqEntry
from tests.factories import make_faq, make_topic


@pytest.fixture
def two_languages(company: Company) -> None:
    Company.objects.update(languages="de,en")


def titles(page: Any) -> list[tuple[str, list[str]]]:
    return [(shelf.topic.name, [entry.title for entry in shelf.entries]) for shelf in page.context["shelves"]]


def test_entries_stand_under_their_topics_in_order(client: Client, stella: User) -> None:
    parcels = make_topic("Parcels", "parcels", position=2)
    make_faq(stella, "How long do parcels take?", topic=parcels)
    make_faq(stella, "Second", position=2)
    make_faq(stella, "First", position=1)
    assert titles(client.get("/faq/")) == [("Soap", ["First", "Second"]), ("Parcels", ["How long do parcels take?"])]


def test_an_entry_folds_open_and_has_a_lasting_anchor(client: Client, stella: User) -> None:
    make_faq(stella, text="About **two** years.")
    page = client.get("/faq/").text
    inside = page.split("</summary>")[1].split("</details>")[0]
    assert 'id="faq-how-long-does-soap-last"' in inside  # where browsers unfold what an address leads to
    assert "About <strong>two</strong> years." in page
    assert 'href="/faq/how-long-does-soap-last/"' in page


def test_drafts_and_retired_entries_are_not_there_even_for_staff(client: Client, login: Any, stella: User) -> None:
    make_faq(stella, "A draft", published=False)
    make_faq(stella, "A retired one", retired_at=timezone.now())
    for reader in (client, login(stella)):
        assert titles(reader.get("/faq/")) == []


def test_the_search_stands_first(client: Client, stella: User) -> None:
    make_faq(stella)
    main = client.get("/faq/").text.split("<main")[1]
    assert main.index('action="/search/"') < main.index("<details")


@pytest.mark.parametrize(("number", "is_folded"), [(12, False), (13, True)])
def test_many_topics_do_not_stand_before_the_first_answer(
    client: Client, stella: User, number: int, is_folded: bool
) -> None:
    for place in range(number):
        make_faq(stella, f"Entry {place}", topic=make_topic(f"Topic {place}", f"topic-{place}"))
    head = client.get("/faq/").text.split("<main")[1].split("</header>")[0]
    assert head.count('href="#topic-') == number
    assert (f"<summary>{number} topics" in head) == is_folded


def test_a_topic_without_entries_in_the_readers_language_shows_the_others_and_says_so(
    client: Client, stella: User, two_languages: None
) -> None:
    make_faq(stella, "Wie lange hält Seife?", language="de")
    page = client.get("/faq/", headers={"Accept-Language": "en"})
    assert titles(page) == [("Soap", ["Wie lange hält Seife?"])]
    assert "This topic is only there in German so far." in page.text
    assert '<div lang="de">' in page.text


def test_the_readers_language_comes_first_and_the_other_is_one_click_away(
    client: Client, stella: User, two_languages: None
) -> None:
    make_faq(stella, "Wie lange hält Seife?", language="de")
    make_faq(stella, "How long does soap last?")
    page = client.get("/faq/", headers={"Accept-Language": "en"})
    assert titles(page) == [("Soap", ["How long does soap last?"])]
    assert "1 entry in German" in page.text
    other = client.get("/faq/?language=de&topic=soap", headers={"Accept-Language": "en"})
    assert titles(other) == [("Soap", ["Wie lange hält Seife?"])]


def test_of_a_large_faq_each_topic_shows_its_first_and_says_how_many_more(
    client: Client, stella: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(faq_shelves, "ONE_PAGE", 7)
    for number in range(9):
        make_faq(stella, f"Question {number}", position=number)
    make_faq(stella, "Parcels", topic=make_topic("Parcels", "parcels"))
    page = client.get("/faq/")
    assert dict(titles(page))["Soap"] == [f"Question {number}" for number in range(5)]
    assert "4 more on Soap" in page.text
    first = client.get("/faq/?topic=soap")
    assert dict(titles(first))["Soap"] == [f"Question {number}" for number in range(7)]
    rest = client.get(f"/faq/?topic=soap&after={first.context['page'].next_cursor}")
    assert dict(titles(rest))["Soap"] == ["Question 7", "Question 8"]


def test_an_unknown_topic_is_not_found(client: Client, company: Company) -> None:
    assert client.get("/faq/?topic=nonsense").status_code == 404


@pytest.mark.parametrize("query", ["?language=xx", "?language=%00", "?topic=soap&after=-1", "?topic=soap&after=x"])
def test_nonsense_in_the_address_shows_the_faq(client: Client, stella: User, query: str) -> None:
    make_faq(stella)
    assert titles(client.get(f"/faq/{query}")) == [("Soap", ["How long does soap last?"])]


def test_an_empty_faq_says_what_to_do(client: Client, company: Company) -> None:
    page = client.get("/faq/").text
    assert "There are no entries yet" in page
    assert 'href="/ask/"' in page


def test_the_page_costs_the_same_for_many_entries(
    client: Client, stella: User, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        make_faq(stella, f"Question {number}", topic=make_topic(f"Topic {number % 5}", f"topic-{number % 5}"))
    assert FaqEntry.objects.count() == 30
    with django_assert_max_num_queries(4):
        client.get("/faq/")
