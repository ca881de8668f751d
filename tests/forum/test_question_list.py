"""Everybody browses the questions: page after page, by state, by topic, in the order they like."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from forum.models import Company, Question
from forum.paging import PAGE_SIZE
from tests.factories import make_accepted, make_answer, make_faq_from, make_question, make_topic

URL = "/q/"


def titles(response: Any) -> list[str]:
    return [question.title for question in response.context["page"].rows]


def test_a_visitor_reads_the_newest_activity_first(client: Client, ann: User) -> None:
    make_question(ann, "The older one")
    make_question(ann, "The newer one")
    assert titles(client.get(URL)) == ["The newer one", "The older one"]


def test_paging_shows_every_question_once(client: Client, ann: User) -> None:
    now = timezone.now()
    for number in range(2 * PAGE_SIZE + 3):
        # Pairs share an instant, as imported questions do, and one pair stands on the edge of a page.
        make_question(ann, f"Question number {number}", last_activity_at=now - timedelta(minutes=(number + 1) // 2))
    seen, cursor = [], ""
    for _page in range(3):
        response = client.get(URL, {"after": cursor})
        seen += titles(response)
        cursor = response.context["page"].next_cursor
    assert len(seen) == len(set(seen)) == 2 * PAGE_SIZE + 3
    assert cursor == ""


def test_the_states_part_the_questions(client: Client, ann: User, stella: User) -> None:
    make_question(ann, "Nobody knows")
    make_answer(make_question(ann, "Stella knows"), stella)
    make_accepted(make_question(ann, "Ann is content"), stella, by=ann)
    assert titles(client.get(URL, {"state": "open"})) == ["Nobody knows"]
    assert titles(client.get(URL, {"state": "answered"})) == ["Stella knows"]
    assert titles(client.get(URL, {"state": "accepted"})) == ["Ann is content"]


def test_a_topic_narrows_the_list_and_keeps_the_other_filters(client: Client, ann: User) -> None:
    make_question(ann, "About hair", topic=make_topic("Hair", "hair"))
    make_question(ann, "About soap")
    response = client.get(URL, {"topic": "hair", "sort": "new"})
    assert titles(response) == ["About hair"]
    assert "?topic=hair&amp;sort=new&amp;state=open" in response.content.decode()


def test_the_most_wanted_stands_first(client: Client, ann: User) -> None:
    make_question(ann, "Wanted", metoo_count=7)
    make_question(ann, "Newer")
    assert titles(client.get(URL, {"sort": "wanted"})) == ["Wanted", "Newer"]


@pytest.mark.parametrize("state", ["hidden_at", "held_at", "deleted_at"])
def test_what_is_not_public_is_not_listed_even_for_its_author(login: Any, ann: User, state: str) -> None:
    fields: dict[str, Any] = {state: timezone.now()}
    make_question(ann, **fields)
    assert titles(login(ann).get(URL)) == []


def test_a_merged_question_is_not_listed(client: Client, ann: User) -> None:
    make_question(ann, "Merged", merged_into=make_question(ann, "Kept"))
    assert titles(client.get(URL)) == ["Kept"]


def test_a_row_says_where_the_question_stands(client: Client, ann: User, stella: User) -> None:
    make_faq_from(make_accepted(make_question(ann), stella, by=ann), stella)
    page = client.get(URL).content.decode()
    assert "Answer accepted" in page
    assert "Now in the FAQ" in page


def test_an_empty_list_says_what_to_do(client: Client, company: object) -> None:
    page = client.get(URL).content.decode()
    assert "Nobody has asked yet" in page
    assert 'href="/ask/"' in page


def test_a_filter_that_fits_nothing_says_so(client: Client, ann: User) -> None:
    make_question(ann)
    assert "No question fits" in client.get(URL, {"state": "accepted"}).content.decode()


def test_an_unknown_topic_is_not_found(client: Client, company: object) -> None:
    assert client.get(URL, {"topic": "no-such"}).status_code == 404


@pytest.mark.parametrize("value", ["\0", "x" * 5000, "9" * 17 + "-abc", "999999999999999999999-abc", "-", "1-\0"])
@pytest.mark.parametrize("name", ["after", "state", "sort", "topic"])
def test_odd_values_are_no_error_of_ours(client: Client, ann: User, name: str, value: str) -> None:
    make_question(ann)
    for sort in ("activity", "wanted"):
        assert client.get(URL, {"sort": sort, name: value}).status_code in {200, 404}


def test_the_list_needs_the_same_queries_however_long_it_is(
    login: Any, ann: User, stella: User, django_assert_max_num_queries: Any
) -> None:
    for number in range(PAGE_SIZE + 1):
        topic = make_topic(f"Topic {number}", f"topic-{number}")
        make_answer(make_question(ann, f"Question number {number}", topic=topic), stella)
    reader = login(ann)
    with django_assert_max_num_queries(5):
        assert len(titles(reader.get(URL))) == PAGE_SIZE


def test_a_reader_gets_no_cookie(client: Client, ann: User) -> None:
    make_question(ann)
    assert not client.get(URL).cookies
    assert Question.objects.public().count() == 1


def test_the_state_of_a_question_is_said_in_the_readers_language(client: Client, ann: User) -> None:
    Company.objects.update(languages="en,de")
    make_question(ann)
    for language, state in (("de", "Wartet auf uns"), ("en", "Waiting for us"), ("de", "Wartet auf uns")):
        page = client.get(URL, headers={"accept-language": language}).content.decode()
        assert state in page[page.index('class="question-row"') :]
