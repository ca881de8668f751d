"""The same content and the same words find the same, in the same order, whatever database stands behind.

The lists are written down here, so that whichever database the suite runs on is held to them.
"""

from __future__ import annotations

from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.utils import translation

from accounts.models import User
from forum.actions.answers import accept_answer
from forum.actions.faq import new_entry, publish_entry
from forum.actions.questions import ask
from forum.models import Question, QuestionDocument, Topic
from forum.search import engine, search, similar
from forum.search.blocks import BLOCK, LOOKED_AT
from forum.search.documents import index_questions
from forum.search.finding import with_some_words
from forum.search.vocabulary import recount
from forum.search.wanted import MOST
from tests.factories import make_answer, make_question, make_topic

VISITOR = AnonymousUser()
# Kind and number, topic, language, title, text, what the team answered.
CONTENT = [
    ("f1", "soap", "de", "Wie lange ist Seife haltbar?", "Trocken gelagert hält sie zwei Jahre.", ""),
    ("f2", "soap", "en", "How long does soap keep?", "Stored dry it keeps for two years.", ""),
    ("f3", "shop", "de", "Wie läuft eine Rückgabe ab?", "Senden Sie es innerhalb von 14 Tagen zurück.", ""),
    ("f4", "shop", "de", "Datenschutzerklärung: was speichern wir?", "Adresse und E-Mail-Adresse der Bestellung.", ""),
    ("f5", "shop", "en", "How do I return an order?", "Send it back within 14 days.", ""),
    ("f6", "soap", "de", "Enthält das Öl Mandeln?", "Nein. Olivenöl und Kokosöl, keine Mandeln.", ""),
    ("q1", "soap", "de", "Meine Seife schwimmt nicht", "Müsste sie oben schwimmen?", "Nein, Seife ist schwerer."),
    ("q2", "soap", "de", "Seifen für trockene Hände", "Nach dem Waschen spannt die Haut.", "Nehmen Sie Ringelblume."),
    ("q3", "soap", "de", "Ringelblumenseife hat Flecken", "Orange Flecken, ist sie ranzig?", "Das ist die Blüte."),
    ("q4", "shop", "de", "Rueckgabe ohne Rechnung", "Die Rechnung ist weg.", ""),
    ("q5", "shop", "de", "Email kam nie an", "Ich warte auf die E-Mail mit der Rechnung.", "Sie ist im Spam-Ordner."),
    ("q6", "shop", "en", "Returning a parcel from Austria", "Who pays for the returned parcel?", "We do."),
    ("q7", "soap", "en", "Which soaps float on water?", "For my children's bath.", ""),
    ("q8", "shop", "de", "Liefern Sie auch in die Schweiz?", "Nach Zürich, Straße mit ß.", "Ja, in die Schweiz auch."),
    ("q9", "soap", "de", "pH-Wert der Seife", "Ist ein pH-Wert von 9 zu viel?", ""),
    ("q10", "shop", "de", "Привет, доставка?", "Доставка в Берлин", ""),
]  # fmt: skip
ACCEPTED = ("q2", "q8")
# What is typed, in which language the reader reads, and what is chosen: the FAQ and the questions found, what is close
# where nothing has all the words, and what else may have been meant.
SEARCHES: list[tuple[str, str, dict[str, str], str]] = [
    ("Seife", "de", {}, "f1 | q1 q2 q9"),
    ("seifen", "en", {}, "f1 | q1 q2 q9"),
    ("soap", "en", {}, "f2 | q7"),
    ("soap", "de", {}, "f2 | q7"),
    ("Rückgaben", "de", {}, "f3 | q4"),
    ("rueckgabe", "de", {}, "f3 | q4"),
    ("ruckgabe rechnung", "de", {}, "q4"),
    ("Öl", "de", {}, "f6"),
    ("oel", "de", {}, "f6"),
    ("e-mail-adresse", "de", {}, "f4"),
    ("Email Adresse", "de", {}, "f4"),
    ("E-Mail", "de", {}, "f4 | q5"),
    ("phwert", "de", {}, "q9"),
    ("pH-Wert 9", "de", {}, "q9"),
    ("Schutz", "de", {}, "f4"),
    ("Blume", "de", {}, "q3 q2"),
    ("Ringelblume", "de", {}, "q2"),
    ("Rinkelblume", "de", {}, "?ringelblume"),
    ("schwimmmt Seife", "de", {}, "~q3 ~q1 ~f1 ~q2 ~q9 | ?schwimmt Seife"),
    ("strasse zuerich", "de", {}, "q8"),
    ("STRASSE", "de", {}, "q8"),
    ("returns", "en", {}, "f5 | q6"),
    ("returned orders", "en", {}, "f5"),
    ("Привет", "de", {}, "q10"),
    ("wie lange hält die Seife wenn sie trocken liegt", "de", {}, "~f1 ~q2"),
    ("Seife im Weltraum", "de", {}, "~q3 ~q1 ~f1 ~q2 ~q9"),
    ("Seife", "de", {"topic": "shop"}, ""),
    ("Rechnung", "de", {"topic": "shop"}, "q4 q5"),
    ("Seife", "de", {"state": "open"}, "q9"),
    ("Seife", "de", {"state": "answered"}, "q1"),
    ("Hände", "de", {"state": "accepted"}, "q2"),
    ("14", "de", {"language": "en"}, "f5"),
    ("14", "en", {"language": "de"}, "f3"),
    ("Seife", "de", {"kind": "faq"}, "f1"),
    ("Seife", "de", {"kind": "question"}, "q1 q2 q9"),
    ("qqqq wwww", "de", {}, ""),
]  # fmt: skip
SIMILAR: list[tuple[str, str, str]] = [
    ("Wie lange kann ich die Seife aufheben?", "de", "f1 q1 q2 q9"),
    ("Can I return my parcel?", "en", "q6 f5"),
    ("Meine Ringelblumenseife hat orange Punkte", "de", "q3"),
    ("Rechnung verloren, Rückgabe möglich?", "de", "q4 f3 q5"),
]


@pytest.fixture
def names(ann: User, stella: User) -> dict[str, str]:
    """The titles of all that is written, with their short names."""
    topics = {slug: make_topic(slug.title(), slug, staff=[stella]) for slug in ("soap", "shop")}
    for name, topic, language, title, text, said in CONTENT:
        _write(name, topics[topic], language, title, text, said, by=(ann, stella))
    recount()
    return {title: name for name, _topic, _language, title, _text, _said in CONTENT}


def _write(name: str, topic: Topic, language: str, title: str, text: str, said: str, *, by: tuple[User, User]) -> None:
    asker, answerer = by
    if name.startswith("f"):
        publish_entry(entry=new_entry(by=answerer, topic=topic, language=language, title=title, text=text), by=answerer)
        return
    question = ask(author=asker, topic=topic, title=title, text=text, language=language)
    if said:
        answer = make_answer(question, answerer, said)
        if name in ACCEPTED:
            accept_answer(answer=answer, by=asker)


def found(names: dict[str, str], typed: str, **chosen: Any) -> str:
    """For example "f1 f2 | q3 | ~q4 | ?word": FAQ, questions, close ones, another spelling."""
    if slug := chosen.pop("topic", ""):
        chosen["topic"] = Topic.objects.get(slug=slug)
    page = search(typed, user=VISITOR, **chosen)
    parts = [" ".join(names[hit.found.title] for hit in hits) for hits in (page.faq, page.questions)]
    close = " ".join(f"~{names[hit.found.title]}" for hit in page.close)
    return " | ".join(part for part in (*parts, close, f"?{page.suggestion}" if page.suggestion else "") if part)


def test_searches_find_the_same_in_the_same_order(names: dict[str, str]) -> None:
    results = []
    for typed, language, chosen, _expected in SEARCHES:
        with translation.override(language):
            results.append((typed, language, chosen, found(names, typed, **chosen)))
    assert results == SEARCHES


def test_what_is_suggested_before_asking_is_the_same(names: dict[str, str]) -> None:
    results = []
    for title, language, _expected in SIMILAR:
        with translation.override(language):
            results.append((title, language, " ".join(names[one.title] for one in similar(title, user=VISITOR))))
    assert results == SIMILAR


@pytest.mark.parametrize("apart", [1, 300, 2_000])  # the newest lie in one block, in some, in more than are looked at
def test_the_newest_are_found_whatever_block_they_lie_in(ann: User, apart: int) -> None:
    """PostgreSQL looks at the newest blocks of keys first."""
    first = make_question(ann, "Lavender")
    fields = {"topic": first.topic, "author": ann, "slug": "lavender", "title": "Lavender"}
    keys = [first.pk + number * apart for number in range(2 * MOST)]
    assert apart < 2_000 or MOST * apart > LOOKED_AT * BLOCK
    Question.objects.bulk_create(Question(pk=key, **fields) for key in keys[1:])
    index_questions(keys[1:])
    for user in (VISITOR, ann):
        seen, after = [], ""
        while page := search("lavender", user=user, after=after):
            seen += [hit.found.pk for hit in page.questions]
            if not (after := page.next_cursor):
                break
        assert seen == keys[: -MOST - 1 : -1]


def test_an_old_title_stands_before_any_number_of_newer_texts(ann: User) -> None:
    """Also where just as many texts have the word as are looked at."""
    old = make_question(ann, "Lavender")
    fields = {"topic": old.topic, "author": ann, "slug": "soap", "title": "Soap", "text": "With lavender."}
    newer = Question.objects.bulk_create([Question(**fields) for _ in range(MOST)])
    index_questions([question.pk for question in newer])
    for user in (VISITOR, ann):
        assert search("lavender", user=user).questions[0].found == old


def test_what_has_all_the_words_is_asked_for_again_where_a_word_has_come_to_mean_more(
    ann: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_question(ann, "Marigold soap has spots")
    asked: list[bool] = []

    def noted(*args: Any, none_has_all: bool, **chosen: Any) -> Any:
        asked.append(none_has_all)
        return with_some_words(*args, none_has_all=none_has_all, **chosen)

    monkeypatch.setattr(engine, "with_some_words", noted)
    assert search("arigold spots", user=VISITOR).questions
    assert search("marigold nowhere", user=VISITOR).close
    assert asked == [False, True]


def test_documents_from_before_there_were_blocks_learn_theirs(ann: User) -> None:
    question = make_question(ann, "Lavender")
    document = QuestionDocument.objects.get(pk=question.pk)
    QuestionDocument.objects.filter(pk=question.pk).update(tokens=document.tokens.partition(" ")[2])
    migration = import_module("forum.migrations.0023_blocks")
    for _ in range(2):
        migration.number(apps, SimpleNamespace(connection=connection))
        assert QuestionDocument.objects.get(pk=question.pk).tokens == document.tokens
