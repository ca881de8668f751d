"""One's own drafts in a list; what is private shows no words there."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import admin
from django.test import Client

from accounts.models import User
from forum.actions.drafts import save_draft
from forum.actions.sending import Sent
from forum.models import Draft, FormKey
from tests.factories import make_conversation, make_question


def test_ann_goes_on_or_discards(login: Callable[[User], Client], ann: User, ben: User) -> None:
    question = make_question(ben)
    save_draft(Sent(ann, "question_answer", question.public_id), {"text": "Two years, I think."})
    save_draft(Sent(ben, "question_ask"), {"title": "Of somebody else"})
    client = login(ann)
    page = client.get("/account/drafts/").text
    assert "Two years, I think." in page
    assert f'href="/q/{question.public_id}/-/answer/"' in page
    assert "Of somebody else" not in page
    assert "90 days" in page
    gone = client.post(
        "/account/drafts/discard/",
        {"draft_purpose": "question_answer", "draft_target": question.public_id, "listed": "1"},
    )
    assert gone["Location"] == "/account/drafts/"
    assert "No drafts" in client.get("/account/drafts/").text
    assert Draft.objects.get().owner == ben


def test_private_words_stay_in_the_private_room(login: Callable[[User], Client], ann: User) -> None:
    room = make_conversation(ann)
    save_draft(Sent(ann, "conversation_detail", str(room.pk)), {"text": "About my rash."})
    page = login(ann).get("/account/drafts/").text
    assert "About my rash." not in page
    assert f'href="/private/{room.pk}/"' in page


def test_the_settings_know_no_drafts() -> None:
    assert not {Draft, FormKey} & set(admin.site._registry)
