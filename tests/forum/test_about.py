"""Imprint, privacy and the rest: the newest version, in the reader's language where there is one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from forum.models import Company, LegalPage

pytestmark = pytest.mark.any_database


def publish(by: User, text: str, kind: str = "imprint", language: str = "en") -> LegalPage:
    page = LegalPage(kind=kind, language=language, text=text)
    page.publish(by=by)
    return page


def body(client: Client, page: str = "imprint", language: str = "en") -> str:
    response = client.get(f"/about/{page}/", headers={"Accept-Language": language})
    assert response.status_code == 200
    return response.content.decode()


def test_the_newest_version_is_shown(client: Client, olga: User) -> None:
    publish(olga, "First.")
    publish(olga, "Second, *rendered*.")
    page = body(client)
    assert "Second, <em>rendered</em>." in page
    assert "First." not in page


def test_what_was_published_stays_as_it_was(olga: User) -> None:
    publish(olga, "First.")
    later = publish(olga, "Second.")
    later.text = "Third."
    later.publish(by=olga)
    versions = LegalPage.objects.order_by("version").values_list("version", "text", "published_by__nickname")
    assert list(versions) == [(1, "First.", "olga"), (2, "Second.", "olga"), (3, "Third.", "olga")]


def test_the_readers_language_comes_first_and_the_other_is_marked(client: Client, olga: User) -> None:
    Company.objects.update(languages="de,en")
    publish(olga, "Deutsch.", language="de")
    assert '<div lang="de">' in body(client)
    assert "There is no translation" in body(client)
    publish(olga, "English.")
    assert "English." in body(client)
    assert "Deutsch." in body(client, language="de")


@pytest.mark.parametrize("kind", LegalPage.Kind.values)
def test_a_page_nobody_wrote_says_so(client: Client, company: Company, kind: str) -> None:
    Company.objects.update(contact_email="hello@example.org")
    page = body(client, kind)
    assert "Quellmoos has not published this page yet" in page
    assert "mailto:hello@example.org" in page
    assert "noindex" in page


def test_missing_house_rules_still_name_the_reasons(client: Client, company: Company) -> None:
    assert "Insult or threat" in body(client, "house-rules")


def test_olga_finds_the_way_to_write_it(login: Callable[[User], Client], olga: User) -> None:
    assert "/admin/forum/legalpage/add/?kind=terms&amp;language=en" in body(login(olga), "terms")


@pytest.mark.parametrize("page", ["none", "imprint2", "service_hours"])
def test_an_unknown_page_is_not_there(client: Client, company: Company, page: str) -> None:
    assert client.get(f"/about/{page}/").status_code == 404


@time_machine.travel(datetime(2026, 11, 23, 9, 0, tzinfo=UTC))
def test_the_service_hours_are_those_of_the_company(client: Client, company: Company) -> None:
    page = body(client, "service-hours")
    assert page.count('<th scope="row">') == 7
    assert "9 a.m.–3 p.m." in page
    assert "within 8 service hours" in page
    assert "On public holidays nobody is here" in page


def test_a_closed_period_ahead_is_announced(client: Client, company: Company) -> None:
    Company.objects.update(closed_from="2099-12-24", closed_until="2099-12-31", closed_note="Merry Christmas.")
    assert "We are away from" in body(client, "service-hours")
    assert "Merry Christmas." in body(client, "service-hours")
