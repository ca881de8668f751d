"""A form that can not be taken hands everything back that was typed."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import User
from forum.models import Question
from tests.factories import make_question, make_topic

TYPED = {
    "title": "Which <one> floats?",
    "topic": "soap",
    "text": "\nFor the bath.\n</textarea>",
    "password": "geheim",
    "csrfmiddlewaretoken": "stale-token",
}
OURS = {"origin": "http://testserver", "referer": "http://testserver/ask/?topic=soap"}


def test_after_the_session_ended_the_text_is_still_there(client: Client, company: object) -> None:
    response = client.post("/ask/", TYPED, headers=OURS)
    page = response.content.decode()
    assert response.status_code == 401
    assert response["Cache-Control"] == "private, no-store"
    assert 'value="Which &lt;one&gt; floats?"' in page
    assert ">\n\nFor the bath.\n&lt;/textarea&gt;</textarea>" in page
    assert '<input type="hidden" name="topic" value="soap">' in page
    assert "/account/login/?next=/ask/%3Ftopic%3Dsoap" in page


def test_secrets_are_not_repeated(client: Client, company: object) -> None:
    page = client.post("/ask/", TYPED, headers=OURS).content.decode()
    assert "geheim" not in page
    assert "stale-token" not in page


def test_one_click_sends_it_again(ann: User) -> None:
    make_topic()
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(ann)
    refused = browser.post("/ask/", TYPED, headers=OURS)
    assert refused.status_code == 403
    assert "Send again" in refused.content.decode()
    token = str(refused.context["csrf_token"])
    browser.post("/ask/", TYPED | {"csrfmiddlewaretoken": token}, headers=OURS)
    assert Question.objects.get().author == ann


@pytest.mark.parametrize("origin", ["https://evil.example", "null", ""])
def test_what_comes_from_elsewhere_can_not_be_sent_with_one_click(ann: User, origin: str) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(ann)
    page = browser.post("/ask/", TYPED, headers={"origin": origin} if origin else {}).content.decode()
    assert "For the bath." in page
    assert "Send again" not in page
    assert "csrfmiddlewaretoken" not in page.split("<main")[1]


def test_a_button_without_a_text_is_only_asked_to_sign_in(client: Client, ann: User) -> None:
    question = make_question(ann)
    headers = {"origin": "http://testserver", "referer": f"http://testserver{question.get_absolute_url()}"}
    page = client.post(f"/q/{question.public_id}/-/metoo/", {"on": "1"}, headers=headers).content.decode()
    assert "Please sign in and try again." in page
    assert f"next={question.get_absolute_url()}" in page


@pytest.mark.parametrize(
    "referer", ["http://testserver//evil.example/", "http://evil.example/x", "javascript:alert(1)"]
)
def test_the_way_back_stays_on_this_site(client: Client, company: object, referer: str) -> None:
    page = client.post("/ask/", TYPED, headers={"referer": referer}).content.decode()
    assert "evil.example" not in page
    assert "javascript:" not in page
