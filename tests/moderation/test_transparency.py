"""Everybody reads what was decided and why; not what stood there."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from forum.models import Company
from moderation.models import LogEntry
from tests.factories import make_question
from tests.moderation.people import decide, reported

Login = Callable[[User], Client]


def test_the_log_tells_rule_reason_and_day(client: Client, login: Login, ann: User, moritz: User) -> None:
    decide(login(moritz), reported(make_question(ann, title="Fools!", text="All of you.")), rule="illegal")
    page = client.get("/transparency/").content.decode()
    for said in ("Question: Removed", "Against the law", "by a moderator", "Insults are not answers"):
        assert said in page
    for untold in ("Fools!", "All of you.", "Moritz Mai", "moritz", "about a person and not about soap"):
        assert untold not in page


def test_the_figures_count_by_rule(client: Client, login: Login, ann: User, moritz: User) -> None:
    moderator = login(moritz)
    decide(moderator, reported(make_question(ann)), rule="insult")
    decide(moderator, reported(make_question(ann)), rule="insult")
    decide(moderator, reported(make_question(ann)), "keep")
    figures = client.get("/transparency/").context["figures"]
    assert (figures.notices, figures.open_notices) == (3, 0)
    assert dict(figures.removals)["Insult or threat"] == 2
    assert dict(figures.decisions) == {
        "Removed": 2, "Left as it is": 1, "Restored": 0, "Published after review": 0,
        "A former version removed": 0, "A former version restored": 0, "Personal data removed": 0,
    }  # fmt: skip


def test_an_empty_log_says_so(client: Client, company: Company) -> None:
    assert "Nothing was decided yet" in client.get("/transparency/").content.decode()


def test_the_log_comes_page_by_page(client: Client, company: Company) -> None:
    for number in range(45):
        LogEntry.objects.create(verb="keep", target_kind="question", target_id=str(number), reason=f"Reason {number}.")
    seen, after = [], ""
    for _page in range(3):
        page = client.get("/transparency/", {"after": after}).context["page"]
        seen += [entry.target_id for entry in page.rows]
        after = page.next_cursor
    assert sorted(seen, key=int) == [str(number) for number in range(45)]
    assert after == ""


def test_a_damaged_address_begins_at_the_start(client: Client, company: Company) -> None:
    assert client.get("/transparency/", {"after": "99999999999999999999-x"}).status_code == 200


def test_the_page_costs_the_same_however_long(
    client: Client, company: Company, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(45):
        LogEntry.objects.create(verb="hide", target_kind="answer", target_id=str(number), reason="A reason.")
    with django_assert_max_num_queries(8):
        client.get("/transparency/")
