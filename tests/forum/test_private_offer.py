"""Somebody is about to publish what is nobody's business: asked once, and free to say no."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from forum.actions.drafts import save_draft
from forum.actions.sending import Sent
from forum.models import Answer, Comment, Company, Conversation, Draft, Question, Topic
from tests.factories import make_answer, make_comment, make_question, make_topic

pytestmark = pytest.mark.any_database

Login = Callable[[User], Client]
PHONE = "0171 2345678"
TEXT = f"Please call {PHONE} about it."


@pytest.fixture
def orders(stella: User) -> Topic:
    return make_topic("Orders", "orders", channel="both", staff=[stella])


def asked(topic: Topic, **other: str) -> dict[str, str]:
    return {"title": "Where is my parcel?", "topic": topic.slug, "text": TEXT, "language": "en", **other}


def shown_before(response: Any) -> dict[str, str]:
    found = re.search(r'name="offered" value="([^"]+)"', response.text)
    return {"offered": found[1]} if found else {}


def test_a_question_with_a_phone_number_waits_for_a_word(login: Login, ann: User, orders: Topic) -> None:
    response = login(ann).post("/ask/", asked(orders))
    assert response.status_code == 200
    assert "Would you rather ask this privately?" in response.text
    assert f"Phone number: <strong>{PHONE}</strong>" in response.text
    assert TEXT in response.text
    assert not Question.objects.exists()


def test_publish_anyway_publishes(login: Login, ann: User, orders: Topic) -> None:
    customer = login(ann)
    seen = shown_before(customer.post("/ask/", asked(orders)))
    customer.post("/ask/", asked(orders, **seen))
    assert Question.objects.get().text == TEXT


def test_a_double_click_has_seen_no_question_and_is_asked_again(login: Login, ann: User, orders: Topic) -> None:
    customer = login(ann)
    for _ in range(2):
        customer.post("/ask/", asked(orders))
    assert not Question.objects.exists()


def test_nothing_is_asked_twice_whatever_else_changes(login: Login, ann: User, orders: Topic) -> None:
    customer = login(ann)
    seen = shown_before(customer.post("/ask/", asked(orders)))
    wrong = customer.post("/ask/", asked(orders, title="", **seen))
    assert wrong.status_code == 422
    assert shown_before(wrong) == seen
    preview = customer.post("/ask/", asked(orders, preview="1", **seen))
    assert shown_before(preview) == seen
    customer.post("/ask/", asked(orders, text=f"Again: 0171/2345678, please. {TEXT}", **seen))
    assert Question.objects.exists()


def test_what_is_new_is_asked_about(login: Login, ann: User, orders: Topic) -> None:
    customer = login(ann)
    seen = shown_before(customer.post("/ask/", asked(orders)))
    response = customer.post("/ask/", asked(orders, text=f"{TEXT} Or anna@gmx.de.", **seen))
    assert "anna@gmx.de</strong>" in response.text
    assert f"<strong>{PHONE}" not in response.text


def test_ask_privately_takes_everything_along(login: Login, ann: User, orders: Topic) -> None:
    customer = login(ann)
    save_draft(Sent(ann, "question_ask"), {"text": TEXT})
    draft = {"draft_purpose": "question_ask", "draft_target": ""}
    response = customer.post("/ask/", asked(orders, privately="1", **draft), follow=True)
    assert response.redirect_chain == [(f"/private/new/?topic={orders.pk}", 307)]
    assert response.context["form"].initial["subject"] == "Where is my parcel?"
    assert TEXT in response.text
    hidden = dict(re.findall(r'name="(form_key|public_purpose|public_target)" value="([^"]*)"', response.text))
    sent = {"topic": str(orders.pk), "subject": "Where is my parcel?", "text": TEXT, **hidden}
    customer.post("/private/new/", sent)
    assert Conversation.objects.get().messages.get().text == TEXT
    assert not Question.objects.exists()
    assert not Draft.objects.exists()


def test_an_answer_and_a_comment_go_along_too(login: Login, ann: User, ben: User, orders: Topic) -> None:
    question = make_question(ann, topic=orders)
    answer = make_answer(question, ann)
    customer = login(ben)
    for path in (f"/q/{question.public_id}/-/answer/", f"/q/{question.public_id}/-/comment/",
                 f"/a/{answer.public_id}/comment/"):  # fmt: skip
        response = customer.post(path, {"text": TEXT})
        assert "Would you rather ask this privately?" in response.text, path
        carried = customer.post(path, {"text": TEXT, "privately": "1"}, follow=True)
        assert carried.redirect_chain == [(f"/private/new/?question={question.public_id}", 307)]
        assert TEXT in carried.text
        customer.post(path, {"text": TEXT, **shown_before(response)})
    assert Answer.objects.filter(author=ben).count() == 1
    assert Comment.objects.filter(author=ben).count() == 2


def test_a_change_asks_about_what_it_brings_and_not_about_what_stood_there(
    login: Login, ann: User, orders: Topic
) -> None:
    question = make_question(ann, topic=orders, text=TEXT)
    answer, comment = make_answer(question, ann, TEXT), make_comment(question, ann, TEXT)
    customer = login(ann)
    forms = {
        f"/q/{question.public_id}/-/edit/": {"title": question.title, "topic": "orders"},
        f"/a/{answer.public_id}/edit/": {},
        f"/c/{comment.public_id}/edit/": {},
    }
    for path, rest in forms.items():
        assert customer.post(path, {**rest, "text": f"{TEXT} Thank you."}).status_code == 302, path
        brought = customer.post(path, {**rest, "text": f"{TEXT} Or anna@gmx.de."})
        assert "anna@gmx.de</strong>" in brought.text, path


def test_the_team_is_not_asked(login: Login, ann: User, stella: User, orders: Topic) -> None:
    question = make_question(ann, topic=orders)
    login(stella).post(f"/q/{question.public_id}/-/answer/", {"text": TEXT, "waiting_on": "nobody"})
    assert Answer.objects.get().text == TEXT


def test_the_companys_order_numbers_are_found(login: Login, ann: User, orders: Topic) -> None:
    Company.objects.update(order_number_pattern="QM-######")
    response = login(ann).post("/ask/", asked(orders, text="It is QM-104711."))
    assert "Order number: <strong>QM-104711</strong>" in response.text


def test_words_about_health_are_found_where_the_topic_is_sensitive(login: Login, ann: User, orders: Topic) -> None:
    Topic.objects.filter(pk=orders.pk).update(sensitive=True)
    response = login(ann).post("/ask/", asked(orders, text="For my eczema, or the rashes?"))
    assert "<strong>eczema</strong>" in response.text
    assert "<strong>rashes</strong>" in response.text


def test_where_nothing_can_be_asked_privately_the_page_asks_all_the_same(login: Login, ann: User) -> None:
    response = login(ann).post("/ask/", asked(make_topic()))
    assert "Is this meant for everybody?" in response.text
    assert 'name="privately"' not in response.text


def test_nothing_of_it_is_logged_or_kept(
    login: Login, ann: User, orders: Topic, caplog: pytest.LogCaptureFixture
) -> None:
    customer = login(ann)
    with caplog.at_level(logging.DEBUG):
        response = customer.post("/ask/", asked(orders))
    kept = caplog.text.replace("SELECT", "") + repr(dict(customer.session)) + repr(response.headers)
    assert PHONE not in kept
    assert not Draft.objects.exists()


@pytest.mark.parametrize("offered", ["x" * 5_000, "...", "\x00", "<script>"])
def test_a_field_that_somebody_made_up_hides_nothing(login: Login, ann: User, orders: Topic, offered: str) -> None:
    response = login(ann).post("/ask/", asked(orders, offered=offered))
    assert PHONE in response.text
    assert "<script>" not in response.text.split("private-offer")[0]


def test_with_both_channels_the_asker_chooses(login: Login, ann: User, orders: Topic) -> None:
    page = login(ann).get("/ask/").text
    assert "Everybody: the answer helps others too" in page
    assert "Only you and the people who serve the topic" in page
    response = login(ann).post("/ask/", asked(orders, channel="private"), follow=True)
    assert response.redirect_chain == [(f"/private/new/?topic={orders.pk}", 307)]
    assert TEXT in response.text
    login(ann).post("/ask/", asked(orders, text="No number here.", channel="public"))
    assert Question.objects.get().text == "No number here."


def test_a_public_topic_is_asked_about_in_public(login: Login, ann: User, orders: Topic) -> None:
    response = login(ann).post("/ask/", asked(make_topic(), channel="private"))
    assert response.status_code == 422
    assert "About this topic one asks in public" in response.text
    assert TEXT in response.text


def test_without_a_topic_with_both_nobody_is_bothered(login: Login, ann: User) -> None:
    make_topic()
    assert 'name="channel"' not in login(ann).get("/ask/").text
