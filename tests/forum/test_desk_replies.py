"""Saved replies: one's own and the team's, filled in when they are used, with and without a script."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.erasure import erase_account
from accounts.models import User
from forum.actions.questions import set_unnamed
from forum.models import Company, SavedReply
from forum.templatetags.sprechstunde import hours
from tests.factories import make_conversation, make_question, make_reply, make_topic

pytestmark = pytest.mark.any_database

Login = Callable[[User], Client]
WORDS = "Hello {nickname},\n\nwe are there: {service_hours} {other}\n\n{sign_off}"


def text_of(client: Client, reply: SavedReply, about: str) -> str:
    response = client.get("/desk/replies/text/", {"reply": str(reply.pk), "about": about})
    assert response.status_code == 200
    text: str = response.json()["text"]
    return text


def test_stella_writes_one_and_changes_it(login: Login, stella: User) -> None:
    client = login(stella)
    client.post("/desk/replies/new/", {"title": "Shelf life", "text": "Two years."})
    reply = SavedReply.objects.get()
    assert (reply.author, reply.is_shared, reply.text) == (stella, False, "Two years.")
    client.post(f"/desk/replies/{reply.pk}/", {"title": "Shelf life", "text": "Three.", "is_shared": "on"})
    reply.refresh_from_db()
    assert (reply.is_shared, reply.text) == (True, "Three.")
    assert "Shelf life" in client.get("/desk/replies/").text
    client.post(f"/desk/replies/{reply.pk}/delete/")
    assert not SavedReply.objects.exists()


def test_ones_own_is_nobody_elses(login: Login, stella: User, moritz: User) -> None:
    own = make_reply(stella, "Hers alone", is_shared=False)
    other = login(moritz)
    assert "Hers alone" not in other.get("/desk/replies/").text
    assert other.get(f"/desk/replies/{own.pk}/").status_code == 404
    assert other.post(f"/desk/replies/{own.pk}/delete/").status_code == 404
    assert other.get("/desk/replies/text/", {"reply": own.pk}).status_code == 404
    assert other.get("/desk/replies/text/").json() == {"replies": []}


def test_who_makes_the_teams_their_own_is_its_author(login: Login, stella: User, moritz: User) -> None:
    shared = make_reply(stella)
    login(moritz).post(f"/desk/replies/{shared.pk}/", {"title": "Mine", "text": "x"})
    shared.refresh_from_db()
    assert (shared.author, shared.is_shared) == (moritz, False)


def test_placeholders_are_filled(login: Login, ann: User, stella: User) -> None:
    question = make_question(ann)
    Company.objects.update(tuesday="", wednesday="", thursday="", friday="")
    text = text_of(login(stella), make_reply(stella, text=WORDS), f"q-{question.public_id}")
    said = hours(Company.load())
    assert said.startswith("We answer Mon")
    assert text == f"Hello ann,\n\nwe are there: {said} {{other}}\n\nYours, Stella"


def test_a_name_that_is_not_to_be_said_is_left_out(login: Login, ann: User, stella: User) -> None:
    question = make_question(ann)
    set_unnamed(question=question, on=True)
    reply = make_reply(stella, text="Hello {nickname}, thank you.")
    for about in (
        f"q-{question.public_id}",
        "q-none",
        "c-none",
        "",
        "x" * 300,
        "c-00000000-0000-4000-8000-000000000000",
    ):
        assert text_of(login(stella), reply, about) == "Hello, thank you."


def test_in_a_conversation_only_who_serves_it_learns_the_name(
    login: Login, ann: User, stella: User, moritz: User
) -> None:
    room = make_conversation(ann, make_topic("Quiet", "quiet", channel="private", staff=[stella]))
    reply = make_reply(stella, text="Hello {nickname}!")
    assert text_of(login(stella), reply, f"c-{room.pk}") == "Hello ann!"
    assert text_of(login(moritz), reply, f"c-{room.pk}") == "Hello!"


def test_without_a_script_the_list_comes_with_a_button(login: Login, ann: User, stella: User) -> None:
    question, reply = make_question(ann), make_reply(stella, "Shelf life", "Hello {nickname}, two years.")
    client, path = login(stella), f"/q/{question.public_id}/-/answer/"
    typed = {"text": "Thank you.", "waiting_on": "asker"}
    first = client.get(question.get_absolute_url()).text
    assert 'name="replies"' in first
    assert "Shelf life" not in first
    listed = client.post(path, typed | {"replies": "1"})
    assert listed.status_code == 200
    assert "Shelf life" in listed.text
    assert "Thank you." in listed.text
    about = f"q-{question.public_id}"
    filled = client.post(path, typed | {"insert": "1", "reply": str(reply.pk), "about": about})
    assert "Thank you.\n\nHello ann, two years." in filled.text
    assert not question.answers.exists()


@pytest.mark.parametrize("key", ["", "x", "0", "-1", "9" * 60, "٣"])
def test_an_odd_choice_loses_nothing(login: Login, ann: User, stella: User, key: str) -> None:
    question = make_question(ann)
    page = login(stella).post(
        f"/q/{question.public_id}/-/answer/", {"text": "Typed.", "insert": "1", "reply": key, "about": "q-"}
    )
    assert page.status_code == 200
    assert "Typed." in page.text
    assert login(stella).get("/desk/replies/text/", {"reply": key}).status_code == 404


def test_customers_find_no_drawer(login: Login, ann: User, ben: User, stella: User) -> None:
    question, reply = make_question(ann), make_reply(stella, text="Secret words.")
    client = login(ben)
    for path in ("", "new/", "text/", f"{reply.pk}/"):
        assert client.get(f"/desk/replies/{path}").status_code == 404
    typed = {"text": "x", "insert": "1", "reply": str(reply.pk), "about": f"q-{question.public_id}"}
    page: Any = client.post(f"/q/{question.public_id}/-/answer/", typed)
    assert "Secret words." not in page.text
    assert "data-replies" not in page.text


def test_an_erased_author_takes_only_their_own_along(stella: User, olga: User) -> None:
    make_reply(stella, "Hers alone", is_shared=False)
    shared = make_reply(stella, "Everybody's")
    erase_account(user=stella, keep_posts=True)
    assert [reply.pk for reply in SavedReply.objects.all()] == [shared.pk]
    shared.refresh_from_db()
    assert shared.author is None


def test_the_later_of_two_who_change_a_reply_sees_both(login: Login, stella: User, moritz: User) -> None:
    reply = make_reply(stella, is_shared=True)
    begun = begun_from(login(moritz), f"/desk/replies/{reply.pk}/")
    form = {"title": reply.title, "is_shared": "on", "begun_from": begun}
    login(stella).post(f"/desk/replies/{reply.pk}/", form | {"text": "Three years."})
    later = login(moritz).post(f"/desk/replies/{reply.pk}/", form | {"text": "Four years."})
    assert later.status_code == 409
    assert "Three years." in later.text
    assert "Four years." in later.text
    assert SavedReply.objects.get().text == "Three years."
    again = form | {"text": "Four years.", "begun_from": later.context["sheet"].version}
    assert login(moritz).post(f"/desk/replies/{reply.pk}/", again).status_code == 302
    assert SavedReply.objects.get().text == "Four years."


def test_a_reply_saved_twice_with_the_same_words_is_no_conflict(login: Login, stella: User) -> None:
    reply = make_reply(stella)
    client = login(stella)
    form = {"title": reply.title, "text": "Three.", "begun_from": begun_from(client, f"/desk/replies/{reply.pk}/")}
    assert [client.post(f"/desk/replies/{reply.pk}/", form).status_code for _ in range(2)] == [302, 302]


def begun_from(client: Client, path: str) -> str:
    version: str = client.get(path).context["sheet"].version
    assert f'name="begun_from" value="{version}"' in client.get(path).text
    return version
