"""The preview is what will be published."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from forum.models import Question
from tests.factories import make_topic

URL = "/preview/"
TEXT = "A *soap* <script>alert(1)</script>\r\n\r\n- one\r\n- https://example.org\r\n\r\n    code\r\n"


def test_the_fragment_is_byte_for_byte_what_is_published(login: Any, ann: User) -> None:
    make_topic()
    client = login(ann)
    preview = client.post(URL, {"text": TEXT})
    client.post("/ask/", {"title": "Which one floats?", "topic": "soap", "text": TEXT})
    question = Question.objects.get()
    assert preview.content.decode() == question.html
    assert preview.content in client.get(question.get_absolute_url()).content


def test_the_page_without_a_script_shows_the_same(login: Any, ann: User) -> None:
    make_topic()
    client = login(ann)
    preview = client.post(URL, {"text": TEXT})
    page = client.post("/ask/", {"title": "", "topic": "", "text": TEXT, "preview": "1"})
    assert preview.content in page.content


def test_nothing_is_nothing(login: Any, ann: User) -> None:
    assert login(ann).post(URL, {"text": ""}).content == b""
    assert login(ann).post(URL).content == b""


@pytest.mark.parametrize("text", ["x" * 20_001, "a\0b"])
def test_what_can_not_be_published_is_refused_in_a_sentence(login: Any, ann: User, text: str) -> None:
    response = login(ann).post(URL, {"text": text})
    assert response.status_code == 422
    assert response["Content-Type"] == "text/plain; charset=utf-8"


def test_it_is_for_people_who_are_signed_in(client: Client, company: object) -> None:
    assert client.post(URL, {"text": "x"}).status_code == 401
    assert client.get(URL).status_code == 405
