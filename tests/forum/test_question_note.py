"""Notes of the team: on the question and on the Desk for the team, and nowhere for anybody else."""

from __future__ import annotations

from collections.abc import Callable

from django.core import mail
from django.test import Client

from accounts.mail import deliver_due
from accounts.models import User
from forum.models import InternalNote
from tests.accounts.privacy import copy_of
from tests.factories import make_note, make_question

Login = Callable[[User], Client]
SECRET = "She rang *twice* already."


def test_stella_notes_something_for_her_colleagues(login: Login, ann: User, stella: User, moritz: User) -> None:
    question = make_question(ann)
    answer = login(stella).post(f"/q/{question.public_id}/-/note/", {"text": SECRET})
    assert answer.url == f"{question.get_absolute_url()}#team-notes"
    note = InternalNote.objects.get()
    assert (note.author, note.author_name, note.text) == (stella, "Stella Stern", SECRET)
    page = login(moritz).get(question.get_absolute_url()).text
    assert "She rang <em>twice</em> already." in page
    assert "Stella Stern" in page
    assert "She rang twice already." in login(moritz).get("/desk/").text


def test_no_customer_reads_it_anywhere(login: Login, client: Client, ann: User, ben: User, stella: User) -> None:
    question = make_question(ann)
    make_note(question, stella, SECRET)
    paths = [
        question.get_absolute_url(), f"/q/{question.public_id}/-/history/", f"/q/{question.public_id}/-/answer/", "/",
        "/q/", "/feeds/questions.atom", "/search/?q=rang+twice", "/complete/?kind=link&q=rang", "/sitemap.xml",
        "/people/ann/",
    ]  # fmt: skip
    for reader in (client, login(ann), login(ben)):
        for path in paths:
            text = reader.get(path).content.decode()
            assert "rang" not in text.replace("rang+twice", "").replace("rang twice", "").replace("q=rang", ""), path
            assert "team-notes" not in text, path
    assert login(ann).get(f"/q/{question.public_id}/-/note/").status_code == 404
    assert login(ann).post(f"/q/{question.public_id}/-/note/", {"text": "x"}).status_code == 404
    deliver_due(limit=100)
    assert not [letter for letter in mail.outbox if "rang" in f"{letter.body}{letter.subject}"]
    assert "rang" not in str(copy_of(ann))


def test_the_writer_finds_it_in_the_copy_of_their_data(ann: User, stella: User) -> None:
    make_note(make_question(ann), stella, SECRET)
    [row] = copy_of(stella)["internal_notes"]
    assert row["text"] == SECRET


def test_what_is_hidden_from_the_staff_hides_its_notes(login: Login, ann: User, stella: User, moritz: User) -> None:
    from forum.actions.visibility import hide_post

    question = make_question(ann)
    note = make_note(question, moritz, SECRET)
    hide_post(post=question, by=moritz, rule="insult", reason="Too rude.")
    assert login(stella).post(f"/desk/notes/{note.pk}/delete/").status_code == 404
    assert not InternalNote.objects.visible_to(stella).exists()
    assert InternalNote.objects.visible_to(moritz).exists()


def test_only_its_author_deletes_it(login: Login, ann: User, stella: User, moritz: User) -> None:
    note = make_note(make_question(ann), stella)
    assert login(moritz).post(f"/desk/notes/{note.pk}/delete/").status_code == 403
    assert login(stella).post(f"/desk/notes/{note.pk}/delete/").status_code == 302
    assert not InternalNote.objects.exists()


def test_a_mistake_loses_nothing(login: Login, ann: User, stella: User) -> None:
    question = make_question(ann)
    page = login(stella).post(f"/q/{question.public_id}/-/note/", {"text": "x" * 2_001})
    assert page.status_code == 422
    assert "x" * 2_001 in page.text
