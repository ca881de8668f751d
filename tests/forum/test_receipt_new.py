"""Somebody without an account writes in private, and is shown a code once."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import OutgoingMail, PingAddress, User
from forum.models import Conversation, HealthConsent, Receipt, Topic
from forum.models.consent import CONSENT_VERSION
from tests.factories import make_topic

Login = Callable[[User], Client]
URL = "/private/new/"


@pytest.fixture
def topic(stella: User) -> Topic:
    return make_topic("Intimate care", "intimate-care", channel="private", discreet=True, staff=[stella])


@pytest.fixture
def visitor(topic: Topic) -> Client:
    """With a browser that keeps its cookies and sends the tokens of forms."""
    client = Client(enforce_csrf_checks=True)
    client.get(URL)
    return client


def written(client: Client, topic: Topic, /, **other: Any) -> dict[str, Any]:
    page = client.get(URL).text
    hidden = dict(re.findall(r'name="(csrfmiddlewaretoken|form_key)" value="([^"]+)"', page))
    said = {"topic": topic.pk, "subject": "A rash", "text": "It **itches**.", "without_account": "1"}
    return {**hidden, **said, **other}


def code_in(response: Any) -> str:
    found = re.search(r"\b\d{4} \d{4} \d{4} \d{4}\b", response.text)
    return found[0] if found else ""


def test_the_message_is_sent_and_the_code_stands_on_the_answer(visitor: Client, topic: Topic) -> None:
    response = visitor.post(URL, written(visitor, topic))
    conversation = Conversation.objects.get()
    assert response.status_code == 200
    assert code_in(response)
    assert "no-store" in response["Cache-Control"]
    assert (conversation.customer, conversation.subject) == (None, "A rash")
    assert conversation.messages.get().text == "It **itches**."
    assert visitor.get(conversation.get_absolute_url()).status_code == 200


def test_what_is_kept_of_the_code_is_argon2_and_a_keyed_digest(visitor: Client, topic: Topic, settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    code = code_in(visitor.post(URL, written(visitor, topic))).replace(" ", "")
    receipt = Receipt.objects.get()
    assert receipt.code_hash.startswith("argon2$argon2id$")
    assert re.fullmatch("[0-9a-f]{64}", receipt.lookup)
    settings.SECRET_KEY = "another" * 10
    assert Receipt.objects.opened_with(code) is None
    settings.SECRET_KEY_FALLBACKS = ["only-for-the-test-suite-" + "x" * 40]
    assert Receipt.objects.opened_with(code) == receipt


def test_the_code_stands_in_no_address_cookie_session_or_log(
    visitor: Client, topic: Topic, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        response = visitor.post(URL, written(visitor, topic))
    code = code_in(response)
    kept = caplog.text + repr(response.headers) + repr(visitor.cookies)
    assert not [written for written in (code, code.replace(" ", "")) if written in kept]
    assert "session" not in visitor.cookies


def test_a_double_click_opens_one_room_and_both_answers_show_the_same_code(visitor: Client, topic: Topic) -> None:
    form = written(visitor, topic)
    assert code_in(visitor.post(URL, form)) == code_in(visitor.post(URL, form)) != ""
    assert Conversation.objects.count() == 1


def test_the_same_form_sent_again_later_shows_nothing(visitor: Client, topic: Topic) -> None:
    form = written(visitor, topic)
    visitor.post(URL, form)
    Receipt.objects.update(created_at=timezone.now() - timedelta(minutes=3))
    response = visitor.post(URL, form)
    assert response["Location"] == "/private/receipt/"
    assert Conversation.objects.count() == 1


def test_the_same_form_from_another_browser_shows_nothing(visitor: Client, topic: Topic) -> None:
    form = written(visitor, topic)
    visitor.post(URL, form)
    other = Client(enforce_csrf_checks=True)
    response = other.post(URL, form | {"csrfmiddlewaretoken": written(other, topic)["csrfmiddlewaretoken"]})
    assert response["Location"] == "/private/receipt/"


def test_staff_answer_and_are_told_only_that_there_is_a_message(visitor: Client, topic: Topic, login: Login) -> None:
    visitor.post(URL, written(visitor, topic))
    stella = User.objects.get(nickname="stella")
    assert OutgoingMail.objects.get().recipient == stella
    room = Conversation.objects.get()
    page = login(stella).get(room.get_absolute_url())
    assert "Only who wrote without an account and those" in page.text
    assert Conversation.objects.with_service().get().is_served


def test_the_address_for_pings_is_sealed_and_stands_apart(visitor: Client, topic: Topic) -> None:
    visitor.post(URL, written(visitor, topic, email="quiet@example.org"))
    ping = PingAddress.objects.get()
    assert "quiet" not in ping.sealed_address
    assert ping.address == "quiet@example.org"
    assert Receipt.objects.get().ping == ping


@pytest.mark.parametrize("missing", ["topic", "subject", "text"])
def test_what_is_missing_is_said_and_what_was_typed_is_kept(visitor: Client, topic: Topic, missing: str) -> None:
    response = visitor.post(URL, written(visitor, topic, **{missing: " "}))
    assert response.status_code == 422
    kept = {"topic": "checked", "subject": "A rash", "text": "It **itches**."}
    assert all(words in response.text for name, words in kept.items() if name != missing)
    assert not Conversation.objects.exists()


def test_a_program_that_fills_in_everything_opens_nothing(visitor: Client, topic: Topic) -> None:
    response = visitor.post(URL, written(visitor, topic, homepage="https://spam.example"))
    assert response["Location"] == "/private/receipt/"
    assert not Conversation.objects.exists()


def test_one_network_opens_a_few_rooms_an_hour_and_loses_no_word(visitor: Client, topic: Topic) -> None:
    answers = [visitor.post(URL, written(visitor, topic)) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert "It **itches**." in answers[-1].text
    assert Conversation.objects.count() == 3


def test_without_the_cache_nothing_is_opened(visitor: Client, topic: Topic, settings: Any) -> None:
    form = written(visitor, topic)
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    assert visitor.post(URL, form).status_code == 503
    assert not Conversation.objects.exists()


def test_a_topic_about_health_asks_for_consent_first(visitor: Client, topic: Topic) -> None:
    Topic.objects.filter(pk=topic.pk).update(health_data=True)
    response = visitor.post(URL, written(visitor, topic))
    assert response.status_code == 422
    assert "I agree that Quellmoos" in response.text
    assert "It **itches**." in response.text
    visitor.post(URL, written(visitor, topic, health_consent="on"))
    consent = HealthConsent.objects.get()
    assert (consent.user, consent.text_version, consent.language) == (None, CONSENT_VERSION, "en")
    assert consent.text.startswith("I agree that Quellmoos")


def test_nobody_without_an_account_is_told_of_one(client: Client, topic: Topic) -> None:
    page = client.get(URL).text
    assert "With your code you can delete it at any time" in page
    assert "You can have a copy" not in page
