"""The FAQ as the staff see it: drafts first, then what is published, due, retired."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from tests.factories import make_answer, make_faq, make_faq_from, make_question

Login = Callable[[User], Client]


def titles(page: Any) -> list[str]:
    return [entry.title for entry in page.context["page"].rows]


def test_each_entry_stands_where_it_belongs(login: Login, stella: User) -> None:
    today = timezone.localdate()
    make_faq(stella, "A draft", published=False)
    make_faq(stella, "Fine", review_due_on=today + timedelta(days=1))
    make_faq(stella, "Look again", review_due_on=today)
    make_faq(stella, "Retired", retired_at=timezone.now(), review_due_on=today)
    desk = login(stella)
    assert titles(desk.get("/desk/faq/")) == titles(desk.get("/desk/faq/?state=nonsense")) == ["A draft"]
    assert titles(desk.get("/desk/faq/?state=published")) == ["Fine", "Look again"]
    assert titles(desk.get("/desk/faq/?state=due")) == ["Look again"]
    assert titles(desk.get("/desk/faq/?state=retired")) == ["Retired"]
    assert desk.get("/desk/faq/").context["counts"] == {
        "draft": 1, "submitted": 0, "published": 2, "due": 1, "retired": 1,
    }  # fmt: skip


def test_an_entry_says_from_how_many_questions(login: Login, ann: User, stella: User) -> None:
    make_faq_from(make_answer(make_question(ann), stella), stella)
    assert "from 1 question" in login(stella).get("/desk/faq/?state=published").text


@pytest.mark.parametrize("state", ["draft", "submitted", "published", "due", "retired"])
def test_an_empty_list_says_so(login: Login, stella: User, state: str) -> None:
    assert 'class="empty"' in login(stella).get(f"/desk/faq/?state={state}").text


def test_the_list_costs_the_same_however_long_it_is(
    login: Login, ann: User, stella: User, django_assert_max_num_queries: Any
) -> None:
    for number in range(60):
        make_faq(stella, f"Question {number}")
    desk = login(stella)
    with django_assert_max_num_queries(8):
        first = desk.get("/desk/faq/?state=published")
    rest = desk.get(f"/desk/faq/?state=published&after={first.context['page'].next_cursor}")
    assert len(set(titles(first) + titles(rest))) == 60
