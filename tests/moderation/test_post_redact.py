"""Leaked personal data is gone at once, from everywhere; a trace stays, and the asker finds it in private."""

from __future__ import annotations

from collections.abc import Callable
from time import sleep

import pytest
from django.core import mail
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.test import Client

from accounts.mail import deliver_due
from accounts.models import User
from forum.actions.answers import edit_answer
from forum.actions.drafts import save_draft
from forum.actions.faq import promote_to_faq
from forum.actions.questions import close_question, edit_question
from forum.actions.revisions import Overtaken, version_of
from forum.actions.sending import Sent
from forum.actions.threads import hold_thread
from forum.models import Answer, Conversation, Door, Draft, FaqEntry, Message, Question, Revision, Topic, Upload
from moderation.actions.decisions import TextChanged, hide
from moderation.actions.notices import report
from moderation.actions.redactions import redact
from moderation.models import Decision, LogEntry
from tests.accounts.privacy import give_picture
from tests.factories import make_answer, make_comment, make_note, make_question, make_topic
from tests.races import together

Login = Callable[[User], Client]
LEAK = "R-2026/118"


@pytest.fixture
def topic(stella: User) -> Topic:
    return make_topic("Orders", "orders", channel="both", staff=[stella])


@pytest.fixture
def question(ann: User, topic: Topic) -> Question:
    return make_question(ann, f"Where is {LEAK}?", text=f"My order {LEAK} never came.", topic=topic)


def address(post: Question) -> str:
    return f"/moderation/redact/{post.kind}/{post.public_id}/"


def send(client: Client, post: Question, **said: object) -> int:
    return client.post(address(post), {"read": "", **said}).status_code


def stored_in_clear() -> str:
    """Every row of every table, as somebody reads them who got hold of the database."""
    parts = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            parts.append(repr([[bytes(v) if isinstance(v, memoryview) else v for v in row] for row in cursor]))
    return "".join(parts)


def test_the_page_that_removes_offers_what_looks_personal(login: Login, question: Question, stella: User) -> None:
    assert f'value="{LEAK}"' in login(stella).get(address(question)).text


def test_it_is_gone_everywhere_at_once(
    login: Login, client: Client, question: Question, ann: User, ben: User, stella: User, moritz: User
) -> None:
    edit_question(question=question, editor=ann, title=question.title, text=f"Order {LEAK} never came, please.")
    answer = make_answer(question, ben, f"Did you ask for {LEAK}?")
    edit_answer(answer=answer, editor=ben, text=f"Did you ask us for {LEAK}, Ann?")
    make_comment(answer, stella, "I look for r-2026/118.")
    make_note(question, stella, f"{LEAK} is lost.")
    promote_to_faq(answer=answer, by=stella)
    report(target=question, reporter=ben, rule="personal-data", reason=f"It says {LEAK}.")
    close_question(question=question, by=stella, reason=f"{LEAK} is on its way.")
    save_draft(Sent(ben, "question_comment", question.public_id), {"text": f"> {LEAK}"})
    assert LEAK in client.get(question.get_absolute_url()).text

    assert send(login(stella), question, words=[LEAK], read=Question.objects.get().edited_at.isoformat()) == 302
    question.refresh_from_db()
    paths = [
        question.get_absolute_url(), f"/q/{question.public_id}/-/history/", f"/a/{answer.public_id}/history/", "/q/",
        "/search/?q=118", "/search/?q=order", "/feeds/questions.atom", "/t/orders/feed.atom", "/sitemap.xml", "/",
        "/moderation/", f"/faq/{FaqEntry.objects.get().slug}/", "/transparency/", "/desk/",
    ]  # fmt: skip
    for who in (client, login(ben), login(stella), login(moritz)):
        assert [path for path in paths if "2026/118" in who.get(path).text or "2026-118" in who.get(path).text] == []
    assert Draft.objects.get().words == {"text": "> ‹removed›"}
    assert question.slug == "where-is-removed"
    deliver_due(limit=500)
    # The whole number: signed links are made of letters and digits, and may have any three of them in a row.
    assert not [letter for letter in mail.outbox if "2026/118" in f"{letter.subject} {letter.body}"]
    assert "2026/118" not in stored_in_clear()


def test_the_trace_says_who_and_when_and_not_what(client: Client, question: Question, stella: User) -> None:
    redact(post=question, by=stella, words=[LEAK])
    page = client.get(Question.objects.get().get_absolute_url()).text
    assert "Personal data removed by Stella Stern on" in page
    assert "My order ‹removed› never came." in page


def test_it_is_decided_and_logged_in_the_same_transaction(client: Client, question: Question, stella: User) -> None:
    redact(post=question, by=stella, words=[LEAK])
    decision, entry = Decision.objects.get(), LogEntry.objects.get()
    assert (decision.verb, decision.decided_by, entry.verb, entry.rule) == ("redact", stella, "redact", "personal-data")
    log = client.get("/transparency/").text
    assert "Question: Personal data removed" in log
    assert "by the team" in log


def test_ann_finds_what_was_removed_in_private_and_nobody_else_does(
    login: Login, client: Client, question: Question, ann: User, stella: User, moritz: User
) -> None:
    room = redact(post=question, by=stella, words=[LEAK])
    assert room
    assert LEAK in login(ann).get(room.get_absolute_url()).text
    assert LEAK in login(stella).get(room.get_absolute_url()).text
    assert login(moritz).get(room.get_absolute_url()).status_code == 404
    door = Door.objects.get()
    assert (door.reason, door.conversation, door.agreed_at is None) == ("personal-data", room, False)
    page = client.get(Question.objects.get().get_absolute_url()).text
    assert "Stella Stern (Soap maker) is settling this privately with the asker since" in page


def test_a_second_removal_goes_into_the_same_room(question: Question, stella: User) -> None:
    redact(post=question, by=stella, words=[LEAK])
    redact(post=question, by=stella, words=["never came"])
    assert (Conversation.objects.count(), Door.objects.count(), Message.objects.count()) == (1, 1, 2)


def test_the_whole_text_goes_with_all_its_versions_and_pictures(
    login: Login, client: Client, question: Question, ann: User, stella: User, moritz: User
) -> None:
    picture = give_picture(ann, "My label")
    edit_question(question=question, editor=ann, title="Where is it?", text=f"Look: {picture.markdown}")
    assert send(login(stella), question, whole="on", read=Question.objects.get().edited_at.isoformat()) == 302
    for reader in (client, login(moritz)):
        assert "Look:" not in reader.get(Question.objects.get().get_absolute_url()).text
        assert "never came" not in reader.get(f"/q/{question.public_id}/-/history/").text
        assert reader.get(f"/media/{picture.name}").status_code == 404
    assert "This text was removed, because it held personal data." in Question.objects.get().text


@pytest.mark.django_db(transaction=True)
def test_the_file_of_a_removed_picture_is_deleted(question: Question, ann: User, stella: User) -> None:
    picture = give_picture(ann, "My label")
    edit_question(question=question, editor=ann, title="Where is it?", text=f"Look: {picture.markdown}")
    redact(post=Question.objects.get(), by=stella, whole=True)
    assert not Upload.objects.exists()
    assert not default_storage.exists(picture.name)


def test_what_another_customer_leaked_is_carried_nowhere(question: Question, ben: User, stella: User) -> None:
    answer = make_answer(question, ben, "Mine is K-77/4711.")
    assert redact(post=answer, by=stella, words=["K-77/4711"]) is None
    assert Conversation.objects.count() == 0
    deliver_due(limit=500)
    (letter,) = (one for one in mail.outbox if "removed personal data" in one.subject)
    assert letter.to == [ben.email]
    assert "K-77" not in letter.body


def test_without_a_private_channel_it_goes_all_the_same(client: Client, ann: User, stella: User) -> None:
    question = make_question(ann, text=f"My order {LEAK}.", topic=make_topic("Soap", "soap"))
    assert redact(post=question, by=stella, words=[LEAK]) is None
    assert LEAK not in client.get(question.get_absolute_url()).text


@pytest.mark.parametrize("more", ["nothing of the kind", "or", "R"])
def test_what_does_not_stand_there_is_refused(login: Login, question: Question, stella: User, more: str) -> None:
    answer = login(stella).post(address(question), {"more": more})
    assert answer.status_code == 422
    assert "does not stand in this text" in answer.text
    assert not Decision.objects.exists()


def test_nothing_marked_is_nothing_removed(login: Login, question: Question, stella: User) -> None:
    assert send(login(stella), question) == 422


def test_who_has_read_another_text_looks_again(question: Question, ann: User, stella: User) -> None:
    edit_question(question=question, editor=ann, title=question.title, text="Another text.")
    with pytest.raises(TextChanged):
        redact(post=question, by=stella, words=["never"], read="")
    assert not LogEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_edit_in_the_same_instant_brings_nothing_back(question: Question, ann: User, stella: User) -> None:
    text, version = f"Please look for {LEAK}.", version_of(question)

    def edit() -> object:
        return edit_question(question=stored(), editor=ann, title="Where is it?", text=text, version=version)

    def stored() -> Question:
        return Question.objects.select_related("topic", "author").get()

    assert "done" in together(edit, lambda: redact(post=stored(), by=stella, words=[LEAK]), refusals=(Overtaken,))
    assert LEAK not in Question.objects.get().words
    assert not [version for version in Revision.objects.all() if LEAK in version.text + version.title]


def test_only_the_team_may(login: Login, client: Client, question: Question, ann: User, ben: User) -> None:
    for who in (ann, ben):
        assert login(who).get(address(question)).status_code == 404
        assert send(login(who), question, words=[LEAK]) == 404
    assert send(client, question, words=[LEAK]) == 404
    assert LEAK in Question.objects.get().title


def test_who_lost_the_role_removes_nothing_from_an_open_page(login: Login, question: Question, stella: User) -> None:
    window = login(stella)
    window.get(address(question))
    User.objects.filter(pk=stella.pk).update(role="")
    assert send(window, question, words=[LEAK]) == 404
    assert not Decision.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_taken_out_of_an_answer_while_a_moderator_removes_it(
    question: Question, ben: User, stella: User, moritz: User
) -> None:
    answer = make_answer(question, ben, f"Mine is {LEAK} too.")

    def take_out() -> object:
        with transaction.atomic():
            hold_thread(question)
            # So long that the other one has begun; who began with the answer would never come to an end.
            sleep(0.5)
            return redact(post=stored(), by=stella, words=[LEAK])

    def remove() -> object:
        sleep(0.2)
        return hide(target=stored(), by=moritz, rule="personal-data", reason="It names an order of somebody.")

    def stored() -> Answer:
        return Answer.objects.select_related("question", "author").get(pk=answer.pk)

    assert together(take_out, remove, refusals=()) == ["done", "done"]
    assert LEAK not in stored().text
    assert stored().is_hidden
