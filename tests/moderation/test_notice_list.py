"""What waits stands first, the oldest on top, and none is stepped over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from moderation.models import Notice
from tests.factories import make_answer, make_question
from tests.moderation.people import decide, reported

Login = Callable[[User], Client]


def test_the_oldest_report_stands_on_top(login: Login, ann: User, moritz: User) -> None:
    young, old = (reported(make_question(ann), reason=reason) for reason in ("The young report.", "The old report."))
    Notice.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=3))
    page = login(moritz).get("/moderation/").content.decode()
    assert page.index(old.reason) < page.index(young.reason)
    assert "for 3\xa0days" in page


def test_decided_reports_stand_below(login: Login, ann: User, moritz: User) -> None:
    client, notice = login(moritz), reported(make_question(ann))
    decide(client, notice)
    page = client.get("/moderation/").content.decode()
    assert "Nothing waits" in page
    assert notice.get_absolute_url() in page
    assert "Removed" in page


def test_the_desk_tells_moritz_what_waits_for_him(
    login: Login, ann: User, stella: User, moritz: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    desk = login(moritz)
    assert 'href="/moderation/"><svg' not in desk.get("/desk/").text
    reported(make_question(ann))
    make_answer(make_question(ann), ann, held_at=timezone.now())
    with django_assert_max_num_queries(8):
        page = desk.get("/desk/")
    assert 'href="/moderation/"><svg' in page.text
    assert page.context["decisions_waiting"]() == 2
    assert "/moderation/" not in login(stella).get("/desk/").text


def test_an_empty_list_says_what_will_stand_there(login: Login, moritz: User) -> None:
    assert "What people report appears here" in login(moritz).get("/moderation/").content.decode()


def test_decided_reports_come_page_by_page(login: Login, ann: User, moritz: User) -> None:
    question = make_question(ann)
    notices = [
        Notice.objects.create(target_kind="question", target_id=question.public_id, rule="insult", reason=str(n))
        for n in range(25)
    ]
    client = login(moritz)
    for notice in notices:
        decide(client, notice, "keep")
    first = client.get("/moderation/")
    second = client.get("/moderation/", {"after": first.context["page"].next_cursor})
    shown = [notice.pk for page in (first, second) for notice in page.context["page"].rows]
    assert sorted(shown) == [notice.pk for notice in notices]


def test_the_list_costs_the_same_however_long(
    login: Login, ann: User, moritz: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = login(moritz)
    for number in range(8):
        notice = reported(make_question(ann), reason=f"A reason of its own: {number}.")
        decide(client, notice, "keep" if number % 2 else "hide")
    with django_assert_max_num_queries(8):
        client.get("/moderation/")
