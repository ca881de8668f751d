"""However often a form arrives, one thing comes of it and one letter leaves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import OutgoingMail, User
from forum.actions.answers import answer_question
from forum.actions.sending import Sent, send_once
from forum.models import (
    Answer,
    Comment,
    Conversation,
    FaqEntry,
    FormKey,
    InternalNote,
    Message,
    Question,
    Revision,
    SavedReply,
)
from moderation.models import Notice
from tests.factories import make_answer, make_conversation, make_question, make_topic
from tests.races import together

Login = Callable[[User], Client]
# The same words as a browser, an extension or a proxy may change them on the way.
SPELLINGS = ("Two years, dry.", "Two  years,\r\ndry. ", "\nTwo years, dry.\n\n")
REPORT = {"rule": "insult", "reason": "It is not polite at all.", "name": "", "email": "anton@example.org",
          "good_faith": "on"}  # fmt: skip


def key_at(client: Client, path: str) -> dict[str, str]:
    return {"form_key": client.get(path).context["sheet"].sent.key}


def send_thrice(client: Client, path: str, said: dict[str, Any], words: str = "text") -> set[str]:
    """Where the three lead that differ in their white space."""
    form = key_at(client, path) | said
    answers = [client.post(path, form | {words: text}) for text in SPELLINGS]
    assert [answer.status_code for answer in answers] == [302, 302, 302]
    return {answer["Location"] for answer in answers}


def test_a_question(login: Login, ann: User) -> None:
    said = {"title": "Does it float?", "topic": make_topic().slug, "seen": "1"}
    assert send_thrice(login(ann), "/ask/", said) == {Question.objects.get().get_absolute_url()}


def test_an_answer_and_its_letter(login: Login, ann: User, ben: User) -> None:
    question = make_question(ann)
    places = send_thrice(login(ben), f"/q/{question.public_id}/-/answer/", {})
    assert places == {Answer.objects.get().get_absolute_url()}
    assert OutgoingMail.objects.filter(kind="question_answered").count() == 1


def test_a_comment(login: Login, ann: User, ben: User) -> None:
    question = make_question(ann)
    answer = make_answer(question, ann)
    for path in (f"/q/{question.public_id}/-/comment/", f"/a/{answer.public_id}/comment/"):
        assert len(send_thrice(login(ben), path, {})) == 1
    assert Comment.objects.count() == 2


def test_a_private_message(login: Login, ann: User, stella: User) -> None:
    topic = make_topic("Skin", "skin", channel="private", staff=[stella])
    client = login(ann)
    assert len(send_thrice(client, "/private/new/", {"topic": topic.pk, "subject": "My rash"})) == 1
    room = Conversation.objects.get()
    path = f"/private/{room.pk}/"
    form = key_at(client, path)
    places = {client.post(path, form | {"text": text})["Location"] for text in ("And now?", "And  now? ")}
    assert places == {path}
    assert Message.objects.count() == 2
    assert OutgoingMail.objects.filter(kind="conversation_message").count() == 2


def test_a_faq_entry(login: Login, stella: User) -> None:
    said = {"title": "How long?", "topic": make_topic().pk, "language": "en", "position": "0"}
    assert send_thrice(login(stella), "/desk/faq/new/", said) == {f"/desk/faq/{FaqEntry.objects.get().pk}/"}


def test_what_the_team_keeps(login: Login, ann: User, stella: User) -> None:
    client, question = login(stella), make_question(ann)
    assert len(send_thrice(client, f"/q/{question.public_id}/-/note/", {})) == 1
    assert len(send_thrice(client, "/desk/replies/new/", {"title": "Shelf life"})) == 1
    assert (InternalNote.objects.count(), SavedReply.objects.count()) == (1, 1)


def test_a_change(login: Login, ann: User) -> None:
    question = make_question(ann)
    said = {"title": question.title, "topic": "soap"}
    assert len(send_thrice(login(ann), f"/q/{question.public_id}/-/edit/", said)) == 1
    assert Revision.objects.count() == 2


def test_a_report_of_a_visitor(client: Client, ann: User) -> None:
    path = f"/report/question/{make_question(ann).public_id}/"
    form = key_at(client, path) | REPORT
    for reason in (REPORT["reason"], REPORT["reason"] + "  Really."):
        assert client.post(path, form | {"reason": reason}).status_code == 302
    assert Notice.objects.count() == 1
    assert OutgoingMail.objects.filter(kind="notice_received").count() == 1


def test_a_key_is_of_one_person_and_one_form(login: Login, ann: User, ben: User) -> None:
    first, second = make_question(ann), make_question(ann, "Is it green?")
    key = key_at(login(ben), f"/q/{first.public_id}/-/answer/")
    for person, question in ((ben, first), (ben, second), (ann, first)):
        form = key | {"text": f"To {question.title}, by {person}."}
        login(person).post(f"/q/{question.public_id}/-/answer/", form)
    assert Answer.objects.count() == 3
    assert not [row for row in FormKey.objects.all() if key["form_key"] in row.digest]


@pytest.mark.parametrize("key", ["", "short", "x" * 65, "ü" * 22, "' OR 1=1 --------"])
def test_what_is_no_key_is_none(login: Login, ann: User, ben: User, key: str) -> None:
    path = f"/q/{make_question(ann).public_id}/-/answer/"
    for text in ("One answer.", "Another answer."):
        assert login(ben).post(path, {"form_key": key, "text": text}).status_code == 302
    assert Answer.objects.count() == 2
    assert not FormKey.objects.exists()


def test_what_is_refused_uses_no_key_up(login: Login, ann: User, ben: User) -> None:
    path = f"/q/{make_question(ann).public_id}/-/answer/"
    client = login(ben)
    form = key_at(client, path)
    refused = client.post(path, form | {"text": ""})
    assert refused.status_code == 422
    assert refused.context["sheet"].sent.key == form["form_key"]
    assert client.post(path, form | {"text": "Two years."}).status_code == 302


def test_a_replay_is_answered_also_when_the_limit_is_reached(login: Login, ann: User, ben: User, settings: Any) -> None:
    settings.WRITING_LIMITS = {"reply": "1/h"}
    assert len(send_thrice(login(ben), f"/q/{make_question(ann).public_id}/-/answer/", {})) == 1


@pytest.mark.django_db(transaction=True)
def test_many_workers_at_once_write_once(ann: User, ben: User) -> None:
    """Fifty of them, none of whom waits for another's lock: the unique key alone decides."""
    question = make_question(ann)
    sent = Sent(ben, "question_answer", question.public_id, "k" * 22)

    def arrive() -> None:
        send_once(sent, Answer, lambda: answer_question(question=question, author=ben, text="Two years."))

    assert together(*[arrive] * 50, refusals=()) == ["done"] * 50
    assert Answer.objects.count() == FormKey.objects.count() == 1
    assert OutgoingMail.objects.filter(kind="question_answered").count() == 1


def test_a_room_keeps_its_double_click(login: Login, ann: User) -> None:
    """Also where no key comes: a page that was opened before there were any."""
    room = make_conversation(ann)
    for _click in range(2):
        login(ann).post(f"/private/{room.pk}/", {"text": "Any news?"})
    assert Message.objects.count() == 2
