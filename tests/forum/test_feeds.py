"""Feeds carry what is public, as XML that every reader can parse."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from forum.models import Company
from tests.factories import make_faq, make_question, make_topic

ATOM = "{http://www.w3.org/2005/Atom}"


def entries(client: Client, path: str) -> list[ElementTree.Element]:
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(response.content).findall(f"{ATOM}entry")


def titles(client: Client, path: str) -> list[str | None]:
    return [entry.findtext(f"{ATOM}title") for entry in entries(client, path)]


def test_questions_newest_first(client: Client, ann: User) -> None:
    make_question(ann, "First?")
    make_question(ann, "Second?")
    assert titles(client, "/feeds/questions.atom") == ["Second?", "First?"]


def test_a_topic_has_its_own(client: Client, ann: User) -> None:
    make_question(ann, "Soap?")
    make_question(ann, "Courses?", topic=make_topic("Courses", "courses"))
    assert titles(client, "/t/courses/feed.atom") == ["Courses?"]


def test_the_faq_without_discreet_topics(client: Client, stella: User) -> None:
    make_faq(stella, "Storing soap")
    make_faq(stella, "Quiet", topic=make_topic("Quiet", "quiet", channel="private", discreet=True))
    assert titles(client, "/feeds/faq.atom") == ["Storing soap"]


def test_a_discreet_topic_has_none(client: Client, company: Company) -> None:
    make_topic("Quiet", "quiet", channel="private", discreet=True)
    assert client.get("/t/quiet/feed.atom").status_code == 404


@pytest.mark.parametrize("fact", ["held_at", "hidden_at", "deleted_at"])
def test_what_is_not_public_is_not_fed(client: Client, ann: User, fact: str) -> None:
    make_question(ann, "canary", **{fact: timezone.now()})
    assert titles(client, "/feeds/questions.atom") == titles(client, "/t/soap/feed.atom") == []


def test_drafts_and_retired_entries_are_not_fed(client: Client, stella: User) -> None:
    make_faq(stella, "canary", published=False)
    make_faq(stella, "canary", retired_at=timezone.now())
    assert titles(client, "/feeds/faq.atom") == []


def test_a_new_title_is_not_a_new_entry(client: Client, ann: User) -> None:
    question = make_question(ann)
    before = entries(client, "/feeds/questions.atom")[0].findtext(f"{ATOM}id")
    question.write_title("Another title")
    question.save()
    assert entries(client, "/feeds/questions.atom")[0].findtext(f"{ATOM}id") == before


def test_hostile_texts_stay_texts(client: Client, ann: User) -> None:
    make_question(ann, "<b>\x0b]]>&\x1f", text="<script>alert(1)</script>\x08 ]]>")
    entry = entries(client, "/feeds/questions.atom")[0]
    assert "<b>" in (entry.findtext(f"{ATOM}title") or "")
    assert "<script>" not in client.get("/feeds/questions.atom").content.decode()


def test_what_is_said_about_a_tag_is_no_tag_in_a_reader(client: Client, ann: User) -> None:
    make_question(ann, text="Why does `<img src=x onerror=alert(1)>` not work?")
    summary = entries(client, "/feeds/questions.atom")[0].findtext(f"{ATOM}summary") or ""
    assert "&lt;img src=x" in summary


def test_the_language_is_one_that_readers_know(client: Client, company: Company) -> None:
    Company.objects.update(languages="de", tone="du")
    assert b'xml:lang="de"' in client.get("/feeds/questions.atom").content


def test_an_empty_feed_is_a_feed(client: Client, company: Company) -> None:
    assert titles(client, "/feeds/questions.atom") == titles(client, "/feeds/faq.atom") == []


@pytest.mark.parametrize("path", ["/feeds/questions.atom", "/feeds/faq.atom", "/sitemap.xml"])
def test_nobody_keeps_them_without_asking_again(client: Client, company: Company, path: str) -> None:
    assert "no-cache" in client.get(path)["Cache-Control"]


@pytest.mark.parametrize("path", ["/feeds/questions.atom", "/feeds/faq.atom", "/t/soap/feed.atom"])
def test_queries_do_not_grow(client: Client, ann: User, stella: User, path: str, django_assert_max_num_queries) -> None:
    for number in range(40):
        make_question(ann, f"Number {number}")
        make_faq(stella, f"Entry {number}")
    with django_assert_max_num_queries(4):
        assert len(entries(client, path)) == 30
