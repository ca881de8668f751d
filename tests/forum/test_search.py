"""The search page: what was found, how to go on, and from nothing found to asking."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from forum.actions.answers import accept_answer
from forum.actions.questions import ask
from forum.models import Company, SearchMiss
from forum.search.misses import delete_old_misses
from forum.search.words import MAX_QUERY
from tests.factories import make_accepted, make_answer, make_faq, make_question, make_topic
from tests.forum.test_search_engine import HOSTILE


def body(client: Client, **query: str) -> str:
    response = client.get("/search/", query)
    assert response.status_code == 200
    return response.content.decode()


def test_a_visitor_finds_questions_and_faq_on_one_page(client: Client, ann: User, stella: User) -> None:
    make_question(ann, "Lavender soap?")
    make_faq(stella, "Where does lavender grow?")
    page = body(client, q="lavender")
    assert page.index("Where does <mark>lavender</mark> grow?") < page.index("<mark>Lavender</mark> soap?")


def test_only_the_faq_or_one_topic_when_wished(client: Client, ann: User, stella: User) -> None:
    make_question(ann, "Lavender soap?")
    make_faq(stella, "Where does lavender grow?", topic=make_topic("Courses", "courses"))
    assert "soap?" not in body(client, q="lavender", kind="faq")
    assert "Only in the topic Courses" in body(client, q="lavender", topic="courses")


def test_nothing_found_leads_to_asking_with_the_words_kept(client: Client, company: Company) -> None:
    page = body(client, q="Does it float & sing?")
    assert "Nothing has all the words of “Does it float &amp; sing?”" in page
    assert "/ask/?title=Does+it+float+%26+sing%3F" in page


def test_nothing_found_still_shows_what_is_close(client: Client, ann: User) -> None:
    make_question(ann, "Does lavender soap last?")
    page = body(client, q="lavender aftershave")
    assert "Perhaps one of these is close" in page
    assert "Does <mark>lavender</mark> soap last?" in page


def test_the_second_button_goes_to_asking(client: Client, company: Company) -> None:
    response = client.get("/search/", {"q": "Does it float?", "ask": "1"})
    assert response.status_code == 302
    assert response["Location"] == "/ask/?title=Does+it+float%3F"


def test_an_empty_search_explains_itself(client: Client, company: Company) -> None:
    assert "Type a few words, or your whole question." in body(client)


def test_search_engines_stay_out(client: Client, company: Company) -> None:
    assert '<meta name="robots" content="noindex">' in body(client, q="soap")


@pytest.mark.parametrize("typed", [*HOSTILE, "x" * 10_000, "<script>alert(1)</script>", '"><img src=x>'])
def test_hostile_words_are_shown_as_words(client: Client, ann: User, typed: str) -> None:
    make_question(ann)
    typed = typed.encode("utf-8", "surrogatepass").decode("latin-1")
    for query in (
        {"q": typed},
        {"q": "soap", "after": typed},
        {"q": "soap", "topic": typed},
        {"q": "soap", "kind": typed},
    ):
        page = body(client, **query)
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_more_results_are_a_click_away(client: Client, ann: User) -> None:
    for number in range(25):
        make_question(ann, f"Lavender {number}")
    assert 'rel="next"' in body(client, q="lavender")


def test_queries_do_not_grow(client: Client, ann: User, stella: User, django_assert_max_num_queries) -> None:
    for number in range(25):
        make_question(ann, f"Lavender {number}")
        make_faq(stella, f"Lavender {number}")
    for asked in ({"q": "lavender"}, {"q": "lavender", "topic": "soap"}, {"q": "avend"}):
        client.force_login(ann)
        body(client, **asked)
        with django_assert_max_num_queries(8):
            page = body(client, **asked)
        assert page.count("question-row__title") == 15  # ten questions below five entries of the FAQ


@pytest.mark.parametrize("typed", ["lavendar", "Lavnder", "lavendel soap"])
def test_another_spelling_is_offered_in_words_that_are_there(client: Client, ann: User, typed: str) -> None:
    make_question(ann, "Lavender soap?")
    page = body(client, q=typed)
    assert "Did you mean:" in page
    assert 'href="?q=lavender' in page


def test_no_spelling_is_offered_from_what_one_may_not_see(client: Client, ann: User) -> None:
    make_question(ann, "Lavender soap?", held_at=timezone.now())
    assert "Did you mean" not in body(client, q="lavendar")


def test_topic_state_and_language_narrow_the_search(client: Client, ann: User, stella: User) -> None:
    make_question(ann, "Lavender that waits")
    make_accepted(make_question(ann, "Lavender that is settled"), stella, ann)
    make_question(ann, "Lavender abroad", topic=make_topic("Courses", "courses"))
    german = ask(author=ann, topic=make_topic(), title="Lavender auf Deutsch", text="Ja?", language="de")
    for query, found in (
        ({"state": "open"}, {"that waits", "abroad", "auf Deutsch"}),
        ({"state": "accepted"}, {"that is settled"}),
        ({"topic": "courses"}, {"abroad"}),
        ({"language": "de"}, {"auf Deutsch"}),
        ({"state": "nonsense", "language": "xx", "topic": "none"}, set()),
    ):
        page = body(client, q="lavender", **query)
        shown = {words for words in ("that waits", "that is settled", "abroad", "auf Deutsch") if words in page}
        assert shown == (found or {"that waits", "that is settled", "abroad", "auf Deutsch"}), query
    accept_answer(answer=make_answer(german, stella), by=ann)
    assert "auf Deutsch" in body(client, q="lavender", state="accepted")


def test_what_is_not_found_is_counted_for_staff_without_the_person(
    login: Callable[[User], Client], client: Client, ann: User, stella: User
) -> None:
    make_question(ann)
    for words in ("Bath bombs", "bath BOMBS", "bath bombs", "4711-0815-2222", "ann@example.org", "Herr Meier", "ann"):
        body(client, q=words)
    body(client, q="bath bombs", topic="soap")
    assert list(SearchMiss.objects.values_list("words", "count")) == [("bath bombs", 3)]
    desk = login(stella).get("/desk/faq/").text
    assert "bath bombs" in desk
    delete_old_misses(timezone.now() + timedelta(days=120))
    assert not SearchMiss.objects.exists()


@pytest.mark.any_database
def test_a_browser_sends_no_more_than_is_read(client: Client, company: Company) -> None:
    """Servers refuse an address of many thousand characters with a page of their own."""
    for page in ("/search/", "/faq/"):
        assert f'name="q" maxlength="{MAX_QUERY}"' in client.get(page).text, page
