"""A draft is kept while somebody writes: theirs alone, sealed, and never overwritten unseen."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from forum.actions.conversations import close_conversation
from forum.actions.drafts import LONGEST, MOST, save_draft
from forum.actions.sending import Sent
from forum.models import Conversation, Draft, Question
from tests.accounts.privacy import everything_kept
from tests.factories import make_answer, make_comment, make_conversation, make_faq, make_question, make_topic

Login = Callable[[User], Client]
SCRIPT = {"accept": "application/json"}
WORDS = "It floats, **mostly**."


def save(client: Client, purpose: str = "question_ask", target: object = "", **said: Any) -> Any:
    form = {"draft_purpose": purpose, "draft_target": str(target), "draft_version": "0", "text": WORDS} | said
    return client.post("/account/drafts/save/", form, headers=SCRIPT)


def form_of(client: Client, path: str) -> dict[str, str]:
    """The hidden fields of the form as it is opened there."""
    sheet = client.get(path).context["sheet"]
    return {
        "form_key": sheet.sent.key, "draft_version": str(sheet.sent.draft_version), "begun_from": sheet.version,
        "draft_purpose": sheet.sent.purpose, "draft_target": sheet.sent.target,
    }  # fmt: skip


@pytest.fixture
def writer(login: Login, ann: User) -> Client:
    return login(ann)


def test_ann_finds_her_words_on_another_device(writer: Client, login: Login, ann: User) -> None:
    make_topic()
    answer = save(writer, title="Does it float?", topic="soap", unnamed="on")
    assert (answer.status_code, answer.json()) == (200, {"version": 1, "said": "Your draft is saved."})
    other = login(ann).get("/ask/")
    page = other.content.decode()
    assert WORDS in page
    assert 'value="Does it float?"' in page
    assert '<option value="soap" selected>' in page
    assert other.context["form"]["unnamed"].value() is True
    assert "written on another device or before you last signed in" in page
    assert "written on another device" not in writer.get("/ask/").content.decode()


def test_nothing_of_it_lies_in_the_database_in_clear(writer: Client, ann: User) -> None:
    save(writer, title="canarytitle", text="canarytext")
    stored = everything_kept()
    assert "question_ask" in stored
    assert not [word for word in ("canarytitle", "canarytext") if word in stored]
    assert Draft.objects.get().words == {"title": "canarytitle", "text": "canarytext"}


def test_secrets_and_what_is_no_part_of_the_form_are_not_kept(writer: Client) -> None:
    save(writer, password="geheim", csrfmiddlewaretoken="x", nonsense="y")
    assert Draft.objects.get().words == {"text": WORDS}


def test_every_form_keeps_its_own(login: Login, ann: User, ben: User, stella: User) -> None:
    question = make_question(ann)
    answer = make_answer(question, stella)
    comment = make_comment(question, stella)
    entry = make_faq(stella)
    room = make_conversation(ann, make_topic("Skin", "skin", channel="private", staff=[stella]))
    places = {
        "/ask/": "question_ask", f"/q/{question.public_id}/-/answer/": "question_answer",
        f"/q/{question.public_id}/-/comment/": "question_comment", f"/a/{answer.public_id}/comment/": "answer_comment",
        f"/a/{answer.public_id}/edit/": "answer_edit", f"/c/{comment.public_id}/edit/": "comment_edit",
        "/desk/faq/new/": "faq_new", f"/desk/faq/{entry.pk}/": "faq_edit", "/private/new/": "conversation_new",
        f"/private/{room.pk}/": "conversation_detail",
    }  # fmt: skip
    staff = login(stella)
    for path, purpose in places.items():
        form = form_of(staff, path)
        assert form["draft_purpose"] == purpose
        assert staff.post("/account/drafts/save/", form | {"text": f"At {path}"}, headers=SCRIPT).status_code == 200
    for path in places:
        assert f"At {path}" in staff.get(path).content.decode()
    assert "At /q/" in staff.get(question.get_absolute_url()).content.decode()
    own = form_of(login(ann), f"/q/{question.public_id}/-/edit/")
    assert own["draft_purpose"] == "question_edit"
    for draft in Draft.objects.all():
        assert draft.get_absolute_url() in places


@pytest.mark.parametrize(
    ("purpose", "target"),
    [("question_answer", "none"), ("conversation_detail", "none"), ("faq_new", ""), ("faq_edit", "1"),
     ("question_ask", "x"), ("account_login", ""), ("", ""), ("conversation_detail", "x" * 400)],
)  # fmt: skip
def test_there_is_no_draft_of_what_one_can_not_write(writer: Client, purpose: str, target: str) -> None:
    assert save(writer, purpose, target).status_code == 404
    assert save(writer, purpose, target, draft_version="7").status_code in (404, 409)  # as if it had been saved before
    assert not Draft.objects.exists()


def test_a_room_of_others_does_not_show_by_a_draft(login: Login, ann: User, ben: User) -> None:
    room = make_conversation(ann)
    assert save(login(ben), "conversation_detail", room.pk).status_code == 404


def test_two_windows_do_not_overwrite_each_other(writer: Client) -> None:
    first, second = form_of(writer, "/ask/"), form_of(writer, "/ask/")
    assert writer.post("/account/drafts/save/", first | {"text": "Of the first."}, headers=SCRIPT).status_code == 200
    refused = writer.post("/account/drafts/save/", second | {"text": "Of the second."}, headers=SCRIPT)
    assert refused.status_code == 409
    assert "Of the first." in refused.content.decode()
    assert Draft.objects.get().words["text"] == "Of the first."
    chosen = second | {"draft_version": str(refused.context["version"]), "text": "Of the second."}
    assert writer.post("/account/drafts/save/", chosen, headers=SCRIPT).json()["version"] == 2
    assert Draft.objects.get().words["text"] == "Of the second."
    late = writer.post("/account/drafts/save/", first | {"draft_version": "1", "text": "Late."}, headers=SCRIPT)
    assert late.status_code == 409


def test_without_a_script_both_texts_and_the_choice_are_a_page(writer: Client) -> None:
    first, second = form_of(writer, "/ask/"), form_of(writer, "/ask/")
    assert writer.post("/account/drafts/save/", first | {"text": "Of the first."})["Location"] == "/ask/"
    page = writer.post("/account/drafts/save/", second | {"text": "Of the second.", "topic": "soap"})
    assert page.status_code == 409
    assert "Of the first." in page.text
    assert "Of the second.</textarea>" in page.text
    assert '<input type="hidden" name="topic" value="soap">' in page.text
    assert '<input type="hidden" name="draft_version" value="1">' in page.text


def test_an_answer_that_got_lost_is_no_other_window(writer: Client) -> None:
    form = form_of(writer, "/ask/")
    for text in ("One", "Two", "Three"):
        saved = writer.post("/account/drafts/save/", form | {"text": text}, headers=SCRIPT)
        assert saved.status_code == 200
    assert Draft.objects.get().words["text"] == "Three"
    assert saved.json()["version"] == 3


def test_what_was_begun_while_one_might_is_gone_on_with(login: Login, ann: User, ben: User) -> None:
    question, client = make_question(ann), login(ben)
    form = form_of(client, f"/q/{question.public_id}/-/comment/")
    assert client.post("/account/drafts/save/", form | {"text": "One"}, headers=SCRIPT).json()["version"] == 1
    Question.objects.update(hidden_at=timezone.now())
    assert client.post("/account/drafts/save/", form | {"text": "Two"}, headers=SCRIPT).json()["version"] == 2
    assert save(client, "question_answer", question.public_id).status_code == 404


def test_what_was_discarded_elsewhere_does_not_come_back_unasked(writer: Client) -> None:
    form = form_of(writer, "/ask/") | {"text": "Still typing"}
    writer.post("/account/drafts/save/", form, headers=SCRIPT)
    writer.post("/account/drafts/discard/", form)
    late = writer.post("/account/drafts/save/", form | {"draft_version": "1"}, headers=SCRIPT)
    assert late.status_code == 409
    assert "sent or discarded" in late.text
    assert not Draft.objects.exists()


def test_an_empty_form_is_no_draft(writer: Client) -> None:
    form = form_of(writer, "/ask/")
    writer.post("/account/drafts/save/", form | {"text": "Something"}, headers=SCRIPT)
    cleared = writer.post("/account/drafts/save/", form | {"draft_version": "1", "text": " "}, headers=SCRIPT)
    assert cleared.json()["version"] == 0
    assert not Draft.objects.exists()


def test_a_draft_goes_when_it_is_published(login: Login, ann: User, ben: User) -> None:
    question, client = make_question(ann), login(ben)
    path = f"/q/{question.public_id}/-/answer/"
    form = form_of(client, path) | {"text": "Two years."}
    client.post("/account/drafts/save/", form, headers=SCRIPT)
    assert client.post(path, form | {"draft_version": "1"}).status_code == 302
    assert not Draft.objects.exists()
    late = client.post("/account/drafts/save/", form, headers=SCRIPT)
    assert late.status_code == 410
    assert not Draft.objects.exists()


def test_what_another_window_saved_later_stays(login: Login, ann: User, ben: User) -> None:
    question, client = make_question(ann), login(ben)
    path = f"/q/{question.public_id}/-/answer/"
    stale = form_of(client, path) | {"text": "Short."}
    client.post("/account/drafts/save/", form_of(client, path) | {"text": "Much longer."}, headers=SCRIPT)
    client.post(path, stale)
    assert Draft.objects.get().words["text"] == "Much longer."


def test_a_private_draft_goes_with_its_room(login: Login, ann: User, stella: User) -> None:
    room = make_conversation(ann, make_topic("Skin", "skin", channel="private", staff=[stella]))
    for person in (ann, stella):
        save(login(person), "conversation_detail", room.pk)
    close_conversation(conversation=room, by=ann)
    Conversation.objects.get().delete()
    assert not Draft.objects.exists()


def test_nobody_fills_the_disk_with_drafts(writer: Client, ann: User) -> None:
    assert save(writer, text="x" * LONGEST).status_code == 413
    questions = [make_question(ann).public_id for _ in range(2)]
    Draft.objects.bulk_create(
        Draft(owner=ann, purpose="faq_edit", target=secrets.token_hex(8), sealed_words=b"") for _ in range(MOST)
    )
    refused = save(writer, "question_comment", questions[0])
    assert (refused.status_code, refused.json()["said"]) == (422, "Not saved: you have too many drafts.")
    page = writer.post("/account/drafts/save/", {"draft_purpose": "question_ask", "text": "Keep me"})
    assert page.status_code == 422
    assert "Keep me</textarea>" in page.text


def test_a_key_that_is_gone_takes_no_page_with_it(writer: Client, settings: Any) -> None:
    form = form_of(writer, "/ask/")
    writer.post("/account/drafts/save/", form | {"text": "Sealed"}, headers=SCRIPT)
    settings.ENCRYPTION_KEYS = ["QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE="]
    assert writer.get("/ask/").status_code == 200
    assert writer.get("/account/drafts/").status_code == 200
    before = bytes(Draft.objects.get().sealed_words)
    again = writer.post("/account/drafts/save/", form_of(writer, "/ask/") | {"text": "New"}, headers=SCRIPT)
    assert again.status_code == 503
    assert "nothing replaces it" in again.json()["said"]
    assert bytes(Draft.objects.get().sealed_words) == before


def test_a_change_begun_from_an_old_text_says_so_when_it_is_sent(writer: Client, ann: User) -> None:
    """The draft of Monday knows the text of Monday."""
    question = make_question(ann)
    path = f"/q/{question.public_id}/-/edit/"
    base = {"title": question.title, "topic": "soap", "text": "Of Monday."}
    writer.post("/account/drafts/save/", form_of(writer, path) | base, headers=SCRIPT)
    assert writer.post(path, {**base, "text": "Of Tuesday."}).status_code == 302
    assert writer.post(path, form_of(writer, path) | base).status_code == 409
    assert Question.objects.get().text == "Of Tuesday."


def test_a_draft_is_its_owners(ann: User, ben: User) -> None:
    save_draft(Sent(ann, "question_ask"), {"text": WORDS})
    assert Draft.objects.visible_to(ann).count() == 1
    assert not Draft.objects.visible_to(ben)
    assert not Draft.objects.public()
