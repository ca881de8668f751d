"""Before asking: what solves it is counted, and what did not help is told to the team."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from forum.models import DemandMet, Question, Suggestion
from forum.suggestions import key_of
from tests.factories import make_faq, make_question, make_topic

URL = "/ask/solved/"


def test_a_visitor_says_that_it_is_solved_and_is_counted_once_a_day(
    client: Client, login: Any, ann: User, stella: User
) -> None:
    question, entry = make_question(ann, "Does soap float on water?"), make_faq(stella, "Which soap floats?")
    for _press in range(2):
        response = client.post(URL, {"solves": key_of(question)})
        assert response["Location"] == question.get_absolute_url()
    client.post(URL, {"solves": key_of(entry)})
    assert "sessionid" not in client.cookies
    assert sorted(DemandMet.objects.values_list("found", "entry", "count"), key=str) == sorted(
        [(question.pk, None, 1), (None, entry.pk, 1)], key=str
    )
    assert {row.day for row in DemandMet.objects.all()} == {timezone.localdate()}
    assert "1 person found here" in login(stella).get(question.get_absolute_url()).content.decode()
    for page in (f"/desk/faq/{entry.pk}/", f"/desk/faq/{entry.pk}/feedback/"):
        said = login(stella).get(page)
        assert said.context["said"].solved == 1, "the team reads what an entry spared"
        assert "1 person found here" in said.text or "found it before asking" in said.text
    assert "person found here" not in login(ann).get(question.get_absolute_url()).content.decode()


def test_one_network_is_counted_a_few_times_an_hour(client: Client, ann: User) -> None:
    for number in range(13):
        client.post(URL, {"solves": key_of(make_question(ann, f"Does soap number {number} float?"))})
    assert DemandMet.objects.count() == 10


@pytest.mark.any_database
@pytest.mark.parametrize("key", ["", "q-", "q-0000000000", "faq-99999999999999999999", "faq-x", "\0", "x" * 5000])
def test_what_is_not_there_solves_nothing(client: Client, ann: User, key: str) -> None:
    assert client.post(URL, {"solves": key}).status_code == 404


def test_what_is_hidden_or_discreet_solves_nothing(client: Client, ann: User, stella: User) -> None:
    quiet = make_topic("Quiet", "quiet-soap", channel="private", discreet=True)
    hidden = make_question(ann, hidden_at=timezone.now())
    for one in (hidden, make_faq(stella, "Which soap floats?", topic=quiet), make_faq(stella, published=False)):
        assert client.post(URL, {"solves": key_of(one)}).status_code == 404
    assert not DemandMet.objects.exists()


def test_the_team_reads_what_was_shown_and_read(login: Any, client: Client, ann: User, ben: User, stella: User) -> None:
    asked, entry = make_question(ben, "Does soap float on water?"), make_faq(stella, "Which soap floats?")
    hidden = make_question(ben, "Does hidden soap float?", hidden_at=timezone.now())
    typed = {"title": "Which soap floats on water?", "topic": "soap", "text": "For the bath."}
    step = login(ann).post("/ask/", typed).content.decode()
    for one in (asked, entry):
        assert f'name="shown" value="{key_of(one)}"' in step
        assert f'name="read" value="{key_of(one)}"' in step
    said = typed | {"seen": "1", "shown": [key_of(asked), key_of(entry), key_of(hidden), "faq-0", "nonsense"]}
    wrong = login(ann).post("/ask/", said | {"text": "", "read": [key_of(entry)]}).content.decode()
    assert f'name="read" value="{key_of(entry)}"' in wrong, "nothing is lost on the way"
    login(ann).post("/ask/", said | {"read": [key_of(entry)]})
    question = Question.objects.get(text="For the bath.")
    kept = Suggestion.objects.filter(question=question).values_list("entry", "found", "was_read")
    assert set(kept) == {(entry.pk, None, True), (None, asked.pk, False)}
    page = login(stella).get(question.get_absolute_url()).content.decode()
    assert "asked all the same" in page
    assert entry.get_absolute_url() in page
    for reader in (client, login(ann)):
        assert "asked all the same" not in reader.get(question.get_absolute_url()).content.decode()
    Question.objects.filter(pk=asked.pk).update(hidden_at=timezone.now())
    assert asked.title not in login(stella).get(question.get_absolute_url()).content.decode()
