"""What the editor offers after @ and #: only who and what the writer may know of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import StaffCard, User
from forum.actions.questions import set_unnamed
from forum.models import Question
from tests.factories import make_answer, make_comment, make_faq, make_question

Login = Callable[[User], Client]


def offered(client: Client, q: str, kind: str = "name", thread: str = "") -> list[str]:
    response = client.get("/complete/", {"kind": kind, "q": q, "thread": thread})
    assert response.status_code == 200
    return [item["insert"] for item in response.json()["items"]]


@pytest.fixture
def question(ann: User) -> Question:
    return make_question(ann, "How long does olive soap last?")


def test_people_of_the_thread_stand_first_then_the_team_then_others(
    login: Login, question: Question, ben: User, stella: User, moritz: User
) -> None:
    make_answer(question, moritz)
    make_comment(question, ben)
    client = login(ben)
    about = f"q-{question.public_id}"
    assert offered(client, "", thread=about) == ["@ann", "@Moritz Mai", "@ben", "@Stella Stern"]
    assert offered(client, "ST", thread=about) == ["@Stella Stern"]
    assert offered(client, "") == ["@Moritz Mai", "@Stella Stern"]
    # Everybody reads that Ann wrote; one letter is too few for people from elsewhere.
    assert offered(client, "an") == ["@ann"]
    assert offered(client, "a") == []


def test_a_customer_without_a_name_is_not_named(login: Login, question: Question, ben: User, stella: User) -> None:
    set_unnamed(question=question, on=True)
    make_comment(question, User.objects.get(nickname="ann"))
    for user in (ben, stella):
        assert offered(login(user), "an", thread=question.public_id) == []


@pytest.mark.parametrize(
    "change",
    [
        {"suspended_at": timezone.now()},
        {"erased_at": timezone.now()},
        {"is_active": False},
        {"page_hidden_at": timezone.now()},
    ],
)
def test_who_is_gone_or_hidden_is_not_found_from_elsewhere(
    login: Login, question: Question, ann: User, ben: User, change: dict[str, Any]
) -> None:
    client = login(ben)
    assert offered(client, "ann") == ["@ann"]
    User.objects.filter(pk=ann.pk).update(**change)
    assert offered(client, "ann") == []
    in_thread = offered(client, "ann", thread=question.public_id)
    # A page is hidden, not the name that stands in the thread.
    assert in_thread == (["@ann"] if "page_hidden_at" in change else [])


def test_who_never_wrote_or_whose_words_are_hidden_is_not_named(login: Login, ann: User, ben: User) -> None:
    client = login(ben)
    assert offered(client, "ann") == []
    held = make_question(ann, "Is it held?", held_at=timezone.now())
    assert offered(client, "ann") == []
    assert offered(client, "ann", thread=held.public_id) == []


def test_the_nickname_of_the_team_is_not_told(login: Login, question: Question, ben: User, stella: User) -> None:
    StaffCard.objects.filter(user=stella).update(name="Lotte", left_at=None)
    make_answer(question, stella)
    found = offered(login(ben), "stella", thread=question.public_id)
    # What stands under the answer is the name of that time.
    assert found == ["@Stella Stern"] or found == []
    assert "@stella" not in found


def test_links_lead_to_what_everybody_finds(
    login: Login, question: Question, ann: User, ben: User, stella: User
) -> None:
    entry = make_faq(stella, "Is olive soap [vegan]?")
    make_faq(stella, "A draft about olive soap", published=False)
    make_question(ann, "A held olive?", held_at=timezone.now())
    assert offered(login(ben), "olive", kind="link") == [
        f"[Is olive soap \\[vegan\\]?](/faq/{entry.slug}/)",
        f"[{question.title}]({question.get_absolute_url()})",
    ]
    assert len(offered(login(ann), "olive", kind="link")) == 3  # her own


@pytest.mark.parametrize("q", ["", "a" * 500, "%", "\\", "_", "%00", "' OR 1=1 --", "[", "#@"])
def test_whatever_is_asked_is_answered(login: Login, question: Question, ben: User, q: str) -> None:
    client = login(ben)
    for kind in ("name", "link", "", "x"):
        for thread in ("", question.public_id, "q-", "c-1", "x" * 300):
            assert client.get("/complete/", {"kind": kind, "q": q, "thread": thread}).status_code == 200


def test_visitors_are_told_nothing(client: Client, question: Question) -> None:
    response = client.get("/complete/", {"q": "an"})
    assert (response.status_code, response.json()) == (401, {"items": []})


def test_it_has_a_limit(login: Login, ben: User, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"complete": "2/m/user"}
    client = login(ben)
    assert [client.get("/complete/").status_code for _ in range(3)] == [200, 200, 429]


def test_queries_do_not_grow_and_use_indexes(login: Login, question: Question, ann: User, ben: User) -> None:
    for number in range(30):
        user = User.objects.create_user(f"person{number}", f"person{number}@example.org")
        make_comment(question, user)
    client = login(ben)
    with CaptureQueriesContext(connection) as in_thread:
        assert len(offered(client, "person", thread=question.public_id)) == 8
    with CaptureQueriesContext(connection) as elsewhere:
        assert len(offered(client, "person")) == 8
    with CaptureQueriesContext(connection) as links:
        offered(client, "olive", kind="link")
    assert len(in_thread) <= 8
    assert len(elsewhere) <= 7
    assert len(links) <= 6


def test_nicknames_are_found_by_their_index(login: Login, question: Question, ann: User, ben: User) -> None:
    client = login(ben)
    with CaptureQueriesContext(connection) as asked:
        assert offered(client, "an") == ["@ann"]
    [near] = [query["sql"] for query in asked if "LIMIT 100" in query["sql"]]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
        explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
        cursor.execute(f"{explain} {near}")
        plan = repr(cursor.fetchall())
    assert "nickname_key" in plan
    assert "SEARCH" in plan or "Index" in plan
