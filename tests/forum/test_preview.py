"""The preview is what will be published."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from forum.models import Draft, Question
from tests.factories import make_topic

pytestmark = pytest.mark.any_database

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


def form_of(client: Any, path: str) -> dict[str, str]:
    sheet = client.get(path).context["sheet"]
    said = {"form_key": sheet.sent.key, "draft_version": str(sheet.sent.draft_version)}
    return said | {"draft_purpose": sheet.sent.purpose, "draft_target": sheet.sent.target}


def test_a_draft_that_comes_along_is_saved(login: Any, ann: User) -> None:
    client = login(ann)
    form = form_of(client, "/ask/")
    first = client.post(URL, form | {"title": "Does it float?", "text": TEXT})
    assert (first["Draft"], first.content) == ("1", client.post(URL, {"text": TEXT}).content)
    assert client.post(URL, form | {"draft_version": "1", "text": "More."})["Draft"] == "2"
    assert Draft.objects.get().words == {"text": "More."}
    assert "Draft" not in client.post(URL, {"text": TEXT})


def test_a_draft_that_can_not_be_saved_keeps_the_preview_and_says_nothing(login: Any, ann: User, ben: User) -> None:
    client = login(ann)
    form = form_of(client, "/ask/")
    client.post(URL, form | {"text": "Of the first window."})
    second = client.post(URL, form_of(client, "/ask/") | {"draft_version": "0", "text": "Of the second."})
    assert (second.status_code, "Draft" in second) == (200, False)
    for wrong in ({"draft_purpose": "nonsense"}, {"draft_purpose": "question_answer", "draft_target": "aaaaaaaaaa"}):
        assert "Draft" not in client.post(URL, form | wrong | {"text": "x"})
    assert "Draft" not in login(ben).post(URL, form | {"draft_version": "1", "text": "Of somebody else."})
    assert [draft.words["text"] for draft in Draft.objects.all()] == ["Of the first window."]


def test_a_draft_is_saved_that_is_too_long_to_be_published(login: Any, ann: User) -> None:
    client = login(ann)
    answer = client.post(URL, form_of(client, "/ask/") | {"text": "x" * 20_001})
    assert (answer.status_code, answer["Draft"]) == (422, "1")


def test_beyond_the_limit_nothing_comes_along(login: Any, ann: User, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "preview": "1/m/user"}
    client = login(ann)
    form = form_of(client, "/ask/")
    assert client.post(URL, form | {"text": "One."}).status_code == 200
    refused = client.post(URL, form | {"draft_version": "1", "text": "Two."})
    assert (refused.status_code, "Draft" in refused) == (429, False)
    assert Draft.objects.get().words["text"] == "One."
