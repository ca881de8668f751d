"""Ann asks: similar questions first, nothing lost on the way, and a promise at the end."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from forum.models import Company, Question, Subscription, Topic
from tests.factories import make_faq, make_question, make_topic

URL = "/ask/"


@pytest.fixture(autouse=True)
def soap(company: Company) -> None:
    make_topic()


def typed(**changes: str) -> dict[str, str]:
    return {"title": "Which soap floats on water?", "topic": "soap", "text": "For the bath.\n\nPlease."} | changes


def test_ann_asks_and_reads_when_she_will_have_an_answer(login: Any, ann: User) -> None:
    response = login(ann).post(URL, typed(), follow=True)
    question = Question.objects.get()
    assert response.redirect_chain == [(question.get_absolute_url(), 302)]
    assert (question.author, question.title, question.language) == (ann, "Which soap floats on water?", "en")
    assert "<p>For the bath.</p>" in question.html
    assert "Your question is published. You will have an answer by <time" in response.content.decode()
    assert Subscription.objects.get().user == ann


def test_a_visitor_signs_in_first_and_keeps_what_the_link_knew(client: Client) -> None:
    response = client.get(URL, {"topic": "soap", "title": "Which one floats?"})
    assert response.status_code == 302
    assert response["Location"].startswith("/account/login/?next=/ask/%3Ftopic%3Dsoap%26title%3DWhich")


def test_the_link_fills_in_title_and_topic(login: Any, ann: User) -> None:
    page = login(ann).get(URL, {"topic": "soap", "title": "Which <b> floats?"}).content.decode()
    assert 'value="Which &lt;b&gt; floats?"' in page
    assert '<option value="soap" selected>' in page


def test_similar_questions_come_first_and_nothing_is_lost(login: Any, ann: User, ben: User, stella: User) -> None:
    asked = make_question(ben, "Does soap float on water?")
    entry = make_faq(stella, "Which soap floats?")
    response = login(ann).post(URL, typed())
    page = response.content.decode()
    assert response.status_code == 200
    assert "Is your question among these?" in page
    assert asked.get_absolute_url() in page
    assert entry.get_absolute_url() in page
    assert "Ask anyway" in page
    assert 'name="seen" value="1"' in page
    assert "For the bath.\n\nPlease." in page
    assert Question.objects.count() == 1


def test_ann_asks_anyway(login: Any, ann: User, ben: User) -> None:
    make_question(ben, "Does soap float on water?")
    login(ann).post(URL, typed(seen="1"))
    assert Question.objects.filter(author=ann).exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": ""}, "Please write something here."),
        ({"title": "Why?"}, "at least 5 characters"),
        ({"title": "x" * 151}, "This is 151 characters long; at most 150 fit."),
        ({"title": "\u200b\u200b\u200b\u200b\u200b\u200b"}, "Please write something here."),
        ({"title": "Which\0one?"}, "can not be stored"),
        ({"text": ""}, "Please write something here."),
        ({"text": " \r\n \u200b "}, "Please write something here."),
        ({"text": "x" * 20_001}, "at most 20000 fit."),
        ({"text": "a\0b"}, "can not be stored"),
        ({"topic": ""}, "Please choose a topic."),
        ({"topic": "no-such"}, "takes no public questions"),
        ({"topic": "so\0ap"}, "Null characters are not allowed."),
    ],
)
def test_a_wrong_field_says_so_and_keeps_the_rest(
    login: Any, ann: User, changes: dict[str, str], sentence: str
) -> None:
    response = login(ann).post(URL, typed(**changes))
    assert response.status_code == 422
    page = response.content.decode()
    assert page.count(sentence) == 2  # in the summary and at the field
    kept = typed() | changes
    assert "For the bath.\n\nPlease." in page or kept["text"] != typed()["text"]
    assert 'value="Which soap floats on water?"' in page or kept["title"] != typed()["title"]
    assert not Question.objects.exists()


def test_twenty_thousand_characters_fit_however_lines_end(login: Any, ann: User) -> None:
    text = "x" * 99 + "\r\n"
    login(ann).post(URL, typed(text=text * 200))
    assert len(Question.objects.get().text) == 20_000 - 1


def test_a_title_is_one_readable_line(login: Any, ann: User) -> None:
    login(ann).post(URL, typed(title=" Which \n soap\x08  floats? "))
    assert Question.objects.get().title == "Which soap\N{REPLACEMENT CHARACTER} floats?"


def test_an_indented_first_line_stays_code(login: Any, ann: User) -> None:
    login(ann).post(URL, typed(text="\n    code\n"))
    assert "<pre>" in Question.objects.get().html


def test_the_preview_judges_nothing_and_loses_nothing(login: Any, ann: User) -> None:
    response = login(ann).post(URL, typed(title="", text="It is **dry**.", preview="1"))
    page = response.content.decode()
    assert response.status_code == 200
    assert "<strong>dry</strong>" in page
    assert "It is **dry**." in page
    assert "Please write something" not in page
    assert '<option value="soap" selected>' in page


def test_a_private_topic_is_not_offered_but_where_to_ask(login: Any, ann: User, stella: User) -> None:
    make_topic("Intimate care", "intimate", channel="private", discreet=True, staff=[stella])
    response = login(ann).get(URL, {"topic": "intimate"}, follow=True)
    page = response.content.decode()
    assert "intimate" not in response.redirect_chain[0][0]
    assert '<option value="intimate"' not in page
    assert "only taken in private" in page
    assert f"/private/new/?topic={Topic.objects.get(slug='intimate').pk}" in page


def test_a_topic_with_both_channels_offers_the_private_one(login: Any, ann: User, stella: User) -> None:
    make_topic("Skin", "skin", channel="both", staff=[stella])
    page = login(ann).get(URL).content.decode()
    assert '<option value="skin">' in page
    assert "/private/new/?topic=skin" in page


def test_the_language_is_asked_where_there_are_two(login: Any, ann: User, company: Company) -> None:
    assert 'name="language" value' not in login(ann).get(URL).content.decode()
    company.languages = "de,en"
    company.save()
    client = login(ann)
    page = client.get(URL, headers={"accept-language": "en"}).content.decode()
    assert '<option value="en" selected>' in page
    client.post(URL, typed(language="de"), headers={"accept-language": "en"})
    assert Question.objects.get().language == "de"


def test_an_unknown_language_is_refused(login: Any, ann: User, company: Company) -> None:
    company.languages = "de,en"
    company.save()
    response = login(ann).post(URL, typed(language="xx"), headers={"accept-language": "en"})
    assert response.status_code == 422


def test_a_doubtful_question_is_held_and_ann_is_told(login: Any, ann: User) -> None:
    links = " ".join(f"https://example.org/{number}" for number in range(9))
    response = login(ann).post(URL, typed(text=links), follow=True)
    assert Question.objects.get().is_held
    page = response.content.decode()
    assert "We look at your question before it is published." in page
    assert "Being reviewed" in page


def test_a_suspended_person_reads_why_and_keeps_the_text(login: Any, ann: User) -> None:
    ann.suspended_at = timezone.now()
    ann.save()
    opened = login(ann).get(URL)
    assert opened.status_code == 403
    assert "Your account is suspended" in opened.content.decode()
    sent = login(ann).post(URL, typed())
    assert sent.status_code == 403
    assert "For the bath." in sent.content.decode()
    assert not Question.objects.exists()


def test_staff_ask_with_their_badge(login: Any, stella: User) -> None:
    login(stella).post(URL, typed())
    assert Question.objects.get().posted_as_name == "Stella Stern"


def test_a_double_click_asks_once(login: Any, ann: User) -> None:
    client = login(ann)
    first, second = client.post(URL, typed(seen="1")), client.post(URL, typed(seen="1"))
    assert first["Location"] == second["Location"]
    assert Question.objects.count() == 1
