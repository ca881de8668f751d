"""A draft is discarded by its owner, from the form too; Enter in a field does not do it."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.test import Client

from accounts.models import User
from forum.actions.drafts import save_draft
from forum.actions.sending import Sent
from forum.models import Draft
from tests.factories import make_topic


def test_the_form_is_empty_afterwards(login: Callable[[User], Client], ann: User) -> None:
    make_topic()
    save_draft(Sent(ann, "question_ask"), {"title": "Which one floats?"})
    client = login(ann)
    assert "Which one floats?" in client.get("/ask/").text
    response = client.post("/account/drafts/discard/", {"draft_purpose": "question_ask", "draft_target": ""})
    assert response["Location"] == "/ask/"
    assert "Which one floats?" not in client.get("/ask/").text


def test_nobody_discards_for_others(login: Callable[[User], Client], ann: User, ben: User) -> None:
    save_draft(Sent(ann, "question_ask"), {"title": "Which one floats?"})
    login(ben).post("/account/drafts/discard/", {"draft_purpose": "question_ask", "draft_target": ""})
    assert Draft.objects.get().owner == ann


def test_the_first_button_of_the_form_publishes(login: Callable[[User], Client], ann: User) -> None:
    """It is what a browser presses when somebody types Enter."""
    save_draft(Sent(ann, "question_ask"), {"title": "Which one floats?"})
    page = login(ann).get("/ask/").text
    form = page[page.index('name="form_key"') : page.index("Discard the draft")]
    first = next(button for button in re.findall(r"<button[^>]*>", form) if 'type="button"' not in button)
    assert "name=" not in first
    assert "formaction=" not in first
