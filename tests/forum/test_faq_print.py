"""A topic of the FAQ on paper: all of it open, and nothing around it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from forum.views import faq
from tests.factories import make_faq, make_topic

pytestmark = pytest.mark.any_database


def test_all_entries_of_the_topic_are_open(client: Client, stella: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("forum.faq_shelves.ONE_PAGE", 2)
    make_faq(stella, "On parcels", topic=make_topic("Parcels", "parcels"))
    for number in range(5):
        make_faq(stella, f"Entry {number}", text=f"Text **{number}**.", position=number)
    assert 'href="/faq/?topic=soap&amp;print=1"' in client.get("/faq/").text
    assert 'href="?topic=soap&amp;print=1"' in client.get("/faq/?topic=soap").text
    page = client.get("/faq/?topic=soap&print=1").text
    assert [page.index(f"<h2>Entry {n}</h2>") for n in range(5)] == sorted(
        page.index(f"<h2>Entry {n}</h2>") for n in range(5)
    )
    assert "Text <strong>4</strong>." in page
    assert "On parcels" not in page
    assert "<details" not in page.split("<main")[1].split("</main>")[0]
    assert 'class="room-paper"' in page
    assert "/faq/?topic=soap" in page.split("What is new stands at")[1]


def test_a_very_long_topic_goes_on_and_costs_the_same(
    client: Client, stella: User, monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: Any
) -> None:
    monkeypatch.setattr(faq, "ON_PAPER", 3)
    for number in range(5):
        make_faq(stella, f"Entry {number}", position=number)
    with django_assert_max_num_queries(6):
        first = client.get("/faq/?topic=soap&print=1")
    assert "Entry 3" not in first.text
    rest = client.get(f"/faq/?topic=soap&print=1&after={first.context['page'].next_cursor}").text
    assert "Entry 4" in rest


@pytest.mark.parametrize(
    "query", ["?print=1", "?topic=none&print", "?topic=%00&print", "?topic=99999999999&print", "?topic=²"]
)
def test_without_a_topic_there_is_nothing_to_print(client: Client, stella: User, query: str) -> None:
    make_faq(stella)
    response = client.get(f"/faq/{query}")
    assert response.status_code == (404 if "topic" in query else 200)
    assert "room-paper" not in response.text
