"""A page that was shown to one visitor is shown to the next, until anything is written; nobody is shown another's."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.core.handlers.wsgi import WSGIRequest
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from forum import changes
from forum.actions.faq import retire_entry
from forum.actions.questions import edit_question
from forum.kept_first import KeptPagesFirst
from forum.kept_pages import LARGEST, LASTS, KeptPagesMiddleware, Page, kept_for_visitors, store
from forum.models import Company, FaqEntry, Question
from forum.readings import waiting
from moderation.actions.decisions import hide
from tests import visitors
from tests.factories import make_answer, make_comment, make_faq, make_question, make_topic

Login = Callable[[User], Client]
GERMAN = {"Accept-Language": "de-DE,de;q=0.9,en;q=0.8"}
VISITOR, KEPT = AnonymousUser(), "a kept page"
READER = {"User-Agent": "Mozilla/5.0 Firefox/140.0"}


@pytest.fixture
def pages(ann: User, stella: User) -> list[str]:
    question, entry = make_question(ann), make_faq(stella)
    make_answer(question, stella)
    card = stella.staff_card.get_absolute_url()
    rows = [row.get_absolute_url() for row in (question, question.topic, entry)]
    return ["/", "/q/", "/faq/", "/team/", card, "/people/ann/", *rows]


def seen(path: str, **headers: Any) -> str:
    """By somebody who comes for the first time."""
    response = Client().get(path, headers=headers)
    assert response.status_code == 200
    return response.text


def shown(view: Callable[[HttpRequest], HttpResponse], path: str = "/faq/") -> bytes:
    """What a WSGI server says where this view is all there is."""

    def django(environ: dict[str, Any], _start_response: object) -> list[bytes]:
        return [KeptPagesMiddleware(view)(WSGIRequest(environ)).content]

    environ = RequestFactory().get(path).environ
    return b"".join(KeptPagesFirst(django, visitors.number)(environ, lambda *_: None))


def mark_all() -> None:
    """So that it can be told from one that was made now."""
    for key, page in store._pages.items():
        store._pages[key] = page._replace(body=KEPT.encode())


def test_the_second_visitor_costs_one_query(pages: list[str], django_assert_num_queries: Any) -> None:
    for path in pages:
        first = seen(path)
        with django_assert_num_queries(1):
            again = Client().get(path)
        assert again.text == first
        assert again["Content-Security-Policy"]
        assert again["X-Content-Type-Options"] == "nosniff"


def test_what_is_written_is_on_the_next_page(pages: list[str], ann: User, stella: User, moritz: User) -> None:
    question, entry = Question.objects.get(), FaqEntry.objects.get()
    path = question.get_absolute_url()
    assert "It melted." not in seen(path)
    answer = make_answer(question, ann, "It melted.")
    assert "It melted." in seen(path)
    make_comment(answer, ann, "In the sun.")
    assert "In the sun." in seen(path)
    edit_question(question=question, editor=ann, title=question.title, text="Mine is red.")
    assert "Mine is red." in seen(path)
    hide(target=answer, by=moritz, rule="insult", reason="An example.")
    assert "It melted." not in seen(path)
    assert entry.title in seen("/faq/")
    retire_entry(entry=entry)
    assert entry.title not in seen("/faq/")
    Company.objects.update(name="Kaltenbach and daughters")
    assert "Kaltenbach and daughters" in seen("/faq/")


def test_whoever_is_signed_in_gets_their_own_page(pages: list[str], login: Login, ann: User) -> None:
    for path in pages:
        assert "Sign in" in seen(path)
        own = login(ann).get(path)
        assert "Sign out" in own.text
        assert "Sign out" not in seen(path)


def test_a_page_made_for_somebody_signed_in_is_shown_to_nobody_else(pages: list[str], login: Login, ann: User) -> None:
    client = login(ann)
    for path in pages:
        client.get(path)
    assert not store._pages


def test_each_language_has_its_own(pages: list[str]) -> None:
    Company.objects.update(languages="de,en")
    for _ in range(2):
        assert '<html lang="en"' in seen("/faq/", **{"Accept-Language": "en"})
        assert '<html lang="de"' in seen("/faq/", **GERMAN)
        chosen = Client()
        chosen.cookies["language"] = "en"
        assert '<html lang="en"' in chosen.get("/faq/", headers=GERMAN).text


@pytest.mark.parametrize("cookie", ["\u2003language=de", "language=\xa0de", "language=de-AT"])
def test_a_page_is_kept_for_those_who_chose_its_language_as_the_site_reads_it(pages: list[str], cookie: str) -> None:
    """Signs that are spaces in one reading of the cookie, and names that are a choice in none."""
    Company.objects.update(languages="de,en")
    seen("/faq/", Cookie=cookie.encode().decode("latin-1"), **{"Accept-Language": "en"})
    assert '<html lang="en"' in seen("/faq/", **{"Accept-Language": "en"})
    chosen = Client()
    chosen.cookies["language"] = "de"
    assert '<html lang="de"' in chosen.get("/faq/", headers={"Accept-Language": "en"}).text


def test_another_address_is_another_page(pages: list[str]) -> None:
    assert seen("/q/?state=accepted") != seen("/q/")
    assert Client().get("/q/?topic=nowhere").status_code == 404
    store.clear()
    for host, secure in (("testserver", True), ("localhost", True), ("testserver", False), ("testserver", True)):
        Client().get("/faq/", secure=secure, headers={"Host": host})
    assert len(store._pages) == 3


def test_what_came_encrypted_to_the_proxy_is_another_page(pages: list[str], settings: Any) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    seen("/faq/", **{"X-Forwarded-Proto": "https"})
    mark_all()
    assert seen("/faq/") != KEPT
    assert seen("/faq/", **{"X-Forwarded-Proto": "https"}) == KEPT


def test_a_database_that_is_away_is_left_alone_for_a_while() -> None:
    asked = []

    def refuse() -> int:
        asked.append(time.monotonic())
        raise DatabaseError("away")

    first = KeptPagesFirst(lambda *_: [b"Sorry."], refuse)
    for _ in range(3):
        assert first(RequestFactory().get("/faq/").environ, lambda *_: None) == [b"Sorry."]
    assert len(asked) == 1


def test_wishes_that_come_to_the_same_share_a_page(pages: list[str]) -> None:
    for wishes in ("de-DE,de;q=0.9,en;q=0.8", "de,en-GB;q=0.5", "de-AT,fr,de,en,xx"):
        seen("/faq/", **{"Accept-Language": wishes})
    client = Client()
    client.cookies["language"] = "x" * 4_000
    client.get("/faq/", headers=GERMAN)
    assert len(store._pages) == 1
    seen("/faq/?" + "x" * 300)
    assert len(store._pages) == 1


def test_what_sets_a_cookie_or_must_not_be_stored_is_not_kept(client: Client, stella: User, ann: User) -> None:
    discreet = make_topic("Skin", "skin", channel="private", discreet=True)
    entry = make_faq(stella, topic=discreet)
    for path in (discreet.get_absolute_url(), entry.get_absolute_url(), f"/faq/?topic={discreet.pk}"):
        assert client.get(path).status_code == 200
    for path in ("/account/login/", "/account/signup/", "/search/?q=soap", "/private/new/"):
        client.get(path)
    assert not store._pages


def test_whoever_brings_a_telling_cookie_neither_gets_nor_leaves_a_kept_page(pages: list[str]) -> None:
    seen("/faq/")
    mark_all()
    for name in ("messages", "session", "device", "room"):
        client = Client()
        client.cookies[name] = "anything"
        assert client.get("/faq/").text != KEPT
        assert client.get("/team/").text != KEPT
        assert len(store._pages) == 1
    assert seen("/faq/") == KEPT


def test_only_what_is_the_same_for_all_is_kept(ann: User) -> None:
    def kept(answer: HttpResponse, user: User | AnonymousUser = VISITOR, path: str = "/faq/") -> bool:
        def view(request: HttpRequest) -> HttpResponse:
            request.user = user
            return kept_for_visitors(lambda _request: answer)(request)

        store.clear()
        shown(view, path)
        return bool(store._pages)

    def with_cookie() -> HttpResponse:
        answer = HttpResponse("a page")
        answer.set_cookie("anything", "1")
        return answer

    assert kept(HttpResponse("a page"))
    assert not kept(HttpResponse("a page"), user=ann)
    assert not kept(with_cookie())
    assert not kept(HttpResponse('<input name="csrfmiddlewaretoken" value="of one visitor">'))
    assert not kept(HttpResponse("a page", headers={"Cache-Control": "private, no-store"}))
    assert not kept(HttpResponse("gone", status=410))
    assert not kept(HttpResponse("x" * (LARGEST + 1)))
    assert not kept(HttpResponse("a file"), path="/media/x")


def test_a_page_that_was_overtaken_while_it_was_made_is_made_anew(ann: User) -> None:
    question = make_question(ann, "Before")

    def slow(request: HttpRequest) -> HttpResponse:
        request.user = VISITOR
        return overtaken(request)

    @kept_for_visitors
    def overtaken(_request: HttpRequest) -> HttpResponse:
        answer = HttpResponse(Question.objects.get().title)
        Question.objects.filter(pk=question.pk).update(title="After")
        return answer

    assert [shown(slow), shown(slow)] == [b"Before", b"After"]


def test_a_slow_request_does_not_bring_back_what_is_over() -> None:
    page = Page(time.time(), b"of today", (), None)
    store.add("a", page, 5)
    store.add("b", page, 4)
    assert (store.get("a", 4), store.get("b", 4), store.get("b", 5)) == (None, None, None)
    assert store.get("a", 5) == page
    assert store.get("a", 6) is None
    assert not store._pages


def test_pages_show_nothing_of_tables_that_do_not_count(pages: list[str], ann: User) -> None:
    make_answer(Question.objects.get(), ann)
    read: set[str] = set()
    store.clear()
    for path in (*pages, "/faq/?topic=soap", "/faq/?topic=soap&print=1", "/q/?topic=soap&state=open&sort=wanted"):
        with CaptureQueriesContext(connection) as asked:
            seen(path)
        read |= {table for query in asked for table in re.findall(r'(?:FROM|JOIN) "(\w+)"', query["sql"])}
    # Whether the reader follows the question: of visitors nobody does.
    assert read & changes.UNSEEN == {"forum_subscription"}


def test_what_the_clock_changes_shows_after_a_minute(pages: list[str]) -> None:
    start = datetime.fromisoformat("2026-03-02T10:00:00+00:00")
    with time_machine.travel(start, tick=False):
        seen("/")
        assert store._pages
        made_at = {page.made_at for page in store._pages.values()}
    with time_machine.travel(start + timedelta(seconds=LASTS + 1), tick=False):
        seen("/")
        assert {page.made_at for page in store._pages.values()} != made_at


def test_a_visit_to_a_kept_question_is_a_reading(pages: list[str]) -> None:
    question = Question.objects.get()
    waiting.numbers.clear()
    for _ in range(3):
        seen(question.get_absolute_url(), **READER)
    seen(question.get_absolute_url(), **{"User-Agent": "a bot"})
    assert [count for (_day, key), count in waiting.numbers.items() if key == question.pk] == [3]


def test_the_memory_is_bounded(pages: list[str], settings: Any) -> None:
    for number in range(60):
        seen(f"/?{number}")
    settings.KEPT_PAGES_MB = 1
    for number in range(200):
        seen(f"/team/?{number}")
    assert store._bytes == sum(page.size for page in store._pages.values())
    assert store._bytes <= 1024 * 1024
    settings.KEPT_PAGES_MB = 0
    store.clear()
    seen("/team/")
    assert not store._pages
