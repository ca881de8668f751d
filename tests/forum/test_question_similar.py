"""While a title is typed, what is like it appears: a fragment of a page."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from tests.factories import make_question

URL = "/ask/similar/"


def test_the_fragment_lists_what_was_asked_before(client: Client, ann: User) -> None:
    question = make_question(ann, "Does soap <float> on water?")
    page = client.get(URL, {"title": "Will soap float?"}).content.decode()
    assert f'href="{question.get_absolute_url()}"' in page
    assert "&lt;float&gt;" in page
    assert "<html" not in page


def test_nothing_alike_is_an_empty_answer(client: Client, company: object) -> None:
    assert client.get(URL, {"title": "Will soap float?"}).content.strip() == b""


def test_held_questions_are_nobodys_hint(client: Client, ann: User) -> None:
    make_question(ann, "Does soap float on water?", held_at=timezone.now())
    assert b"float" not in client.get(URL, {"title": "soap float"}).content


@pytest.mark.parametrize("title", ["", "\0", "%", "x" * 10_000, "' OR 1=1 --", "\ud83d\ude00", "a b c d e f g" * 50])
def test_odd_titles_are_no_error(client: Client, company: object, title: str) -> None:
    assert client.get(URL, {"title": title.encode("utf-8", "ignore").decode()}).status_code == 200
