"""Search engines find what is public, and the day it last changed."""

from __future__ import annotations

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from forum import sitemaps
from forum.models import Company, LegalPage
from tests.factories import make_faq, make_question, make_topic

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(autouse=True)
def _address(settings) -> None:
    settings.BASE_URL = "https://ask.example.com"


def addresses(client: Client, query: str = "") -> dict[str, str | None]:
    response = client.get(f"/sitemap.xml{query}")
    assert response.status_code == 200
    root = ElementTree.fromstring(response.content)
    return {str(row.findtext(f"{NAMESPACE}loc")): row.findtext(f"{NAMESPACE}lastmod") for row in root}


def test_everything_public_is_found_under_the_public_address(client: Client, ann: User, stella: User) -> None:
    question, entry = make_question(ann), make_faq(stella)
    LegalPage(kind="imprint", language="en", text="Us.").publish(by=stella)
    found = addresses(client)
    for path in (
        "/",
        "/q/",
        "/faq/",
        "/team/",
        "/t/soap/",
        "/team/stella/",
        "/about/imprint/",
        "/about/service-hours/",
    ):
        assert f"https://ask.example.com{path}" in found
    assert found[f"https://ask.example.com{question.get_absolute_url()}"] == f"{question.created_at:%Y-%m-%d}"
    assert found[f"https://ask.example.com{entry.get_absolute_url()}"] == f"{entry.published_at:%Y-%m-%d}"


def test_what_is_not_public_or_leads_elsewhere_is_not_found(client: Client, ann: User, stella: User) -> None:
    real = make_question(ann)
    before = addresses(client)
    for fact in ("held_at", "hidden_at", "deleted_at"):
        make_question(ann, "canary", **{fact: timezone.now()})
    make_question(ann, "canary", duplicate_of=real)
    make_question(ann, "canary", merged_into=real)
    make_faq(stella, "canary", published=False)
    make_faq(stella, "canary", topic=make_topic("canary", "canary", channel="private", discreet=True))
    assert addresses(client).keys() == before.keys()


def test_a_large_site_has_an_index_that_leads_to_all(client: Client, ann: User, monkeypatch) -> None:
    monkeypatch.setattr(sitemaps, "PER_FILE", 3)
    asked = {f"https://ask.example.com{make_question(ann, f'Number {n}').get_absolute_url()}" for n in range(10)}
    index = addresses(client)
    parts = [addresses(client, f"?{address.split('?')[1]}") for address in index]
    assert all(len(part) <= 3 for part in parts[1:])
    assert asked <= {address for part in parts for address in part}


@pytest.mark.parametrize("part", ["99", "-1", "x", "", "²", "1" * 400, "%00"])
def test_other_parts_are_not_there(client: Client, company: Company, part: str) -> None:
    assert client.get(f"/sitemap.xml?part={part}").status_code == 404


def test_queries_do_not_grow(client: Client, ann: User, stella: User, django_assert_max_num_queries) -> None:
    for number in range(20):
        make_question(ann, f"Number {number}")
        make_faq(stella, f"Entry {number}")
    with django_assert_max_num_queries(8):
        addresses(client)


def test_each_page_and_each_file_says_when_it_changed(client: Client, ann: User, stella: User, monkeypatch) -> None:
    old, new = timezone.now() - timedelta(days=9), timezone.now() - timedelta(days=2)
    make_faq(stella, topic=make_topic("Parcels", "parcels"), published_at=old)
    for _ in range(3):
        make_question(ann, last_activity_at=new)
    make_question(ann, last_activity_at=timezone.now(), held_at=timezone.now())
    found = addresses(client)
    for path, day in {"/": new, "/q/": new, "/t/soap/": new, "/faq/": old, "/t/parcels/": old}.items():
        assert found[f"https://ask.example.com{path}"] == f"{day:%Y-%m-%d}", path
    monkeypatch.setattr(sitemaps, "PER_FILE", 2)
    index = addresses(client)
    assert len(index) > 2
    assert set(index.values()) <= {f"{new:%Y-%m-%d}", None}
    assert index["https://ask.example.com/sitemap.xml?part=pages"] == f"{new:%Y-%m-%d}"


def test_what_was_asked_before_a_topic_became_discreet_is_not_found(client: Client, ann: User) -> None:
    topic = make_topic("Rashes", "rashes")
    question = make_question(ann, topic=topic)
    topic.channel, topic.discreet = "private", True
    topic.save()
    assert not [address for address in addresses(client) if question.public_id in address or "rashes" in address]
    assert "noindex" in client.get(question.get_absolute_url()).text
