"""A visitor looks around: start page, topic, question, FAQ, team, search. No account and no trace."""

from __future__ import annotations

import re

from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from forum.models import FaqEntry, Question, Topic
from tests.browser.conftest import Door
from tests.factories import make_topic


def test_a_visitor_reads_and_searches(door: Door, demo: object) -> None:
    question = Question.objects.public().listed().filter(accepted_count=1).order_by("-last_activity_at").first()
    entry = FaqEntry.objects.public().filter(language="en").first()
    page = door()
    page.goto("/")
    main = page.get_by_role("main")
    main.get_by_role("link", name=question.topic.name, exact=True).first.click()
    expect(page).to_have_url(question.topic.get_absolute_url())
    page.get_by_role("link", name="Questions", exact=True).click()
    page.get_by_role("link", name="Answer accepted", exact=True).click()
    expect(page).to_have_url("/q/?state=accepted")
    page.get_by_role("link", name=question.title, exact=True).click()
    expect(page.get_by_text("Accepted answer")).to_be_visible()
    walk_to(page, "FAQ", "/faq/")
    page.goto(f"/faq/#faq-{entry.slug}")  # as somebody passed it on: the entry unfolds
    page.locator(f"#faq-{entry.slug}").get_by_role("link", name="Link to this entry").click()
    expect(page.get_by_role("heading", level=1, name=entry.title)).to_be_visible()
    walk_to(page, "Team", "/team/")
    page.get_by_role("link", name="Sevda Aydın").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sevda Aydın")
    walk_to(page, "Search", "/search/")
    page.get_by_role("searchbox").fill(question.title)
    page.get_by_role("main").get_by_role("button", name="Search").click()
    expect(page.get_by_role("main").get_by_role("link", name=question.title, exact=True).first).to_be_visible()
    assert page.context.cookies() == []
    assert not Session.objects.exists()


def walk_to(page: Page, room: str, path: str) -> None:
    page.get_by_role("navigation", name="Main").get_by_role("link", name=room).click()
    expect(page).to_have_url(path)


def test_a_visitor_who_finds_nothing_is_led_to_asking(door: Door, company: object) -> None:
    make_topic()
    page = door()
    page.goto("/")
    page.get_by_role("searchbox").fill("Does it float?")
    page.get_by_role("button", name="Search").first.click()
    expect(page.get_by_text("Nothing has all the words of “Does it float?”")).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="Ask this question").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    expect(page).to_have_url(re.compile(r"Does(\+|%2B)it(\+|%2B)float"))


def test_a_visitor_reads_in_german(door: Door, demo: object) -> None:
    page = door()
    page.goto("/faq/")
    page.get_by_role("button", name="Deutsch").click()
    expect(page.locator("html")).to_have_attribute("lang", "de")
    expect(page).to_have_url("/faq/")
    assert [cookie["name"] for cookie in page.context.cookies()] == ["language"]


def test_the_private_topic_says_so_before_anything_is_typed(door: Door, demo: object) -> None:
    topic = Topic.objects.get(slug="intimpflege")
    page = door()
    page.goto(topic.get_absolute_url())
    expect(page.get_by_text("Only you and the people who serve this topic can read it")).to_be_visible()
    assert topic.name not in page.title()
