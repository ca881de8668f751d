"""Sie or du: only what can hardly mean anything else counts."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from forum.models import Answer, Company
from forum.tone import objection, tone_of
from tests.factories import make_question

pytestmark = pytest.mark.any_database


@pytest.mark.parametrize(
    ("text", "tone"),
    [
        ("Bitte lagern Sie die Seife trocken und dunkel.", "sie"),
        ("Wir senden Ihnen gern eine neue, wenn die alte zerbrochen ist.", "sie"),
        ("Hallo, lagere deine Seife bitte trocken, dann hält sie und du hast mehr davon.", "du"),
        ("Bitte lagern Sie die Seife trocken, und melde dich wieder.", "mixed"),
        ("Habt ihr noch Fragen? Wir helfen euch gern, auch per Telefon.", "du"),
        # At the beginning of a sentence: she, it, they, or her.
        ("Die Seife ist fest. Sie hält zwei Jahre und Ihre Farbe bleibt. Ihr Duft auch.", "sie"),
        ("Die Seife ist fest. Sie hält zwei Jahre. Ihre Farbe bleibt. Ihr Duft auch nicht.", ""),
        ("Das sind die Sorten:\n\n- Sie halten lange\n- Ihre Farbe bleibt auch\n\n**Sie** sind vegan.", ""),
        ("Anna hat ihre Seife, und sie ist mit ihr zufrieden. Das ist nicht schlecht.", ""),
        # Somebody else's words, and code.
        ("> Kannst du mir helfen?\n\nGern: Bitte lagern Sie die Seife trocken und dunkel.", "sie"),
        ("Auf der Packung steht „für dich und deine Haut“, das ist nicht von uns. Lesen Sie es nach.", "sie"),
        ("Bitte geben Sie `du -h` ein und\n\n```\ndir\n```\n\nwarten Sie, bis es fertig ist.", "sie"),
        ("Sehen Sie auf der Seite nach: https://example.org/du/dich und [hier](/du/).", "sie"),
        # Not German.
        ("This soap is called Eau du Soir and dir is a command.", ""),
        ("Thank you, Sie is a German word.", ""),
        ("", ""),
    ],
)
def test_what_a_text_says(text: str, tone: str) -> None:
    assert tone_of(text) == tone


def test_only_what_does_not_fit_is_objected_to() -> None:
    formal = "Bitte lagern Sie die Seife trocken und dunkel."
    assert objection(formal, "sie") == ""
    assert objection(formal, "du") == "sie"
    assert objection("Das ist die Seife und der Topf.", "du") == ""


@given(st.text(alphabet='SieIhrdu .,:\n`>„“"*[]()', max_size=300))
def test_it_answers_whatever_is_written(text: str) -> None:
    assert tone_of(f"Das ist die und {text}") in {"", "sie", "du", "mixed"}


DU = "Hallo, das ist deine Seife und wir helfen dir gern."


@pytest.fixture
def question(ann: User) -> Any:
    Company.objects.update(languages="de,en", tone="sie")
    return make_question(ann)


def test_the_team_is_asked_once_and_then_believed(login: Any, question: Any, stella: User) -> None:
    client, path = login(stella), f"/q/{question.public_id}/-/answer/"
    typed = {"text": DU, "waiting_on": "asker"}
    asked = client.post(path, typed, headers={"Accept-Language": "de"})
    assert asked.status_code == 422
    assert "Dieser Text duzt; hier siezen wir. Wenn es so gemeint ist, bitte noch einmal absenden." in asked.text
    assert DU in asked.text
    assert '<input type="hidden" name="tone" value="du">' in asked.text
    assert client.post(path, typed | {"tone": "du"}).status_code == 302
    assert Answer.objects.get().text == DU


def test_a_yes_to_one_is_no_yes_to_another(login: Any, question: Any, stella: User) -> None:
    typed = {"text": f"{DU} Bitte fragen Sie.", "waiting_on": "asker", "tone": "du"}
    assert login(stella).post(f"/q/{question.public_id}/-/answer/", typed).status_code == 422


def test_customers_speak_as_they_like(login: Any, question: Any, ben: User) -> None:
    assert login(ben).post(f"/q/{question.public_id}/-/answer/", {"text": DU}).status_code == 302
    assert "Tone" not in login(ben).post("/preview/", {"text": DU}).headers


def test_the_preview_tells_it_without_touching_the_text(login: Any, question: Any, stella: User) -> None:
    client = login(stella)
    response = client.post("/preview/", {"text": DU})
    assert response["Tone"] == "du"
    assert response.text == f"<p>{DU}</p>\n"
    page = client.post(
        f"/q/{question.public_id}/-/answer/", {"text": DU, "preview": "1"}, headers={"Accept-Language": "en"}
    )
    assert "This text says “du”; here we say “Sie”." in page.text


def test_colleagues_speak_to_each_other_as_they_like(login: Any, question: Any, stella: User) -> None:
    assert login(stella).post(f"/q/{question.public_id}/-/note/", {"text": DU}).status_code == 302
