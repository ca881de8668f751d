"""Was this helpful? Asked of everybody under an entry, counted for the team alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client

from accounts.models import User
from forum.actions.faq import check_entry
from forum.actions.faq_feedback import give_feedback
from forum.models import Company, FaqEntry, FaqFeedback, FaqRecheck
from tests.factories import make_faq

Login = Callable[[User], Client]
MISSING = "How long does it last in the shower?"


@pytest.fixture
def entry(stella: User) -> FaqEntry:
    cache.clear()
    return make_faq(stella)


def say(client: Client, entry: FaqEntry, **said: str) -> int:
    return client.post(f"/faq/helpful/{entry.pk}/", {"helpful": "no", **said}).status_code


def test_a_visitor_says_what_is_missing_and_only_the_team_reads_it(
    client: Client, login: Login, entry: FaqEntry, stella: User
) -> None:
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(f"/faq/helpful/{entry.pk}/", {"helpful": "no", "text": MISSING}, follow=True)
    assert "Thank you" in response.text
    assert not strict.cookies, "a reader gets no cookie"
    said = FaqFeedback.objects.get()
    assert (said.entry, said.is_helpful, said.text) == (entry, False, MISSING)
    assert MISSING not in client.get(f"/faq/{entry.slug}/").text
    assert MISSING in login(stella).get(f"/desk/faq/{entry.pk}/feedback/").text
    assert "0 readers found it helpful" in login(stella).get(f"/desk/faq/{entry.pk}/").text


def test_words_are_optional_and_what_is_wrong_comes_back(client: Client, entry: FaqEntry) -> None:
    assert say(client, entry, helpful="yes") == 302
    long = client.post(f"/faq/helpful/{entry.pk}/", {"helpful": "no", "text": "soap " * 400})
    assert (long.status_code, "soap soap" in long.text) == (422, True)
    assert say(client, entry, helpful="perhaps", text=MISSING) == 422
    assert [said.is_helpful for said in FaqFeedback.objects.all()] == [True]


def test_programs_and_other_sites_are_not_counted(client: Client, entry: FaqEntry) -> None:
    assert say(client, entry, homepage="https://spam.example") == 302
    path, elsewhere = f"/faq/helpful/{entry.pk}/", {"Origin": "https://evil.example"}
    assert client.post(path, {"helpful": "no"}, headers=elsewhere).status_code == 403
    assert not FaqFeedback.objects.exists()
    assert client.post(path, {"helpful": "no"}, headers={"Origin": "http://testserver"}).status_code == 302
    assert FaqFeedback.objects.count() == 1


def test_one_network_says_it_three_times_a_day(client: Client, entry: FaqEntry) -> None:
    assert [say(client, entry, text=MISSING) for _ in range(4)] == [302, 302, 302, 429]
    assert MISSING in client.post(f"/faq/helpful/{entry.pk}/", {"helpful": "no", "text": MISSING}).text
    assert FaqFeedback.objects.count() == 3


def test_what_is_not_public_is_not_asked_about(client: Client, login: Login, stella: User) -> None:
    draft = make_faq(stella, published=False)
    assert say(client, draft) == 404
    assert "Was this helpful?" not in login(stella).get(f"/faq/{draft.slug}/").text


def test_enough_of_them_bring_the_entry_back_to_the_desk(
    client: Client, login: Login, entry: FaqEntry, stella: User, company: Company
) -> None:
    company.faq_unhelpful = 2
    company.save()
    for _ in range(10):
        give_feedback(entry=entry, is_helpful=True)
    for _ in range(3):
        give_feedback(entry=entry, is_helpful=False)
    assert not FaqRecheck.objects.exists(), "three of thirteen are no doubt"
    give_feedback(entry=entry, is_helpful=False)
    assert [recheck.reason for recheck in FaqRecheck.objects.open()] == ["unhelpful"]
    assert "This entry is being rechecked" in client.get(f"/faq/{entry.slug}/").text
    check_entry(entry=entry, by=stella)
    give_feedback(entry=entry, is_helpful=False)
    assert not FaqRecheck.objects.open().exists(), "counted since it was checked"
