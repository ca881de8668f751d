"""Links that are written into a post later are looked at like those of a new one, and nothing vanishes unsaid."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import OutgoingMail, User
from forum.actions.answers import edit_answer
from forum.actions.questions import edit_question
from forum.actions.revisions import PostRemoved
from forum.models import Answer, Question, Revision
from moderation.actions.decisions import hide, release
from tests.factories import make_accepted, make_answer, make_comment, make_question

Login = Callable[[User], Client]
LINKS = " ".join(f"https://example.org/{number}" for number in range(3))
THANKS = "We look at your change before everybody can read it."
REVIEWED = "A moderator looks at it before everybody can read it again."


def posts(ben: User, ann: User) -> dict[str, Any]:
    question = make_question(ann)
    return {"question": make_question(ben, "Ben asks"), "answer": make_answer(question, ben),
            "comment": make_comment(question, ben)}  # fmt: skip


def change(client: Client, post: Any, text: str) -> Any:
    place = {"question": f"/q/{post.public_id}/-/edit/", "answer": f"/a/{post.public_id}/edit/",
             "comment": f"/c/{post.public_id}/edit/"}[post.kind]  # fmt: skip
    said = {"title": post.title, "topic": post.topic.slug} if post.kind == "question" else {}
    return client.post(place, {"text": text, **said}, follow=True)


@pytest.mark.parametrize("kind", ["question", "answer", "comment"])
def test_links_written_in_later_are_held_and_everybody_concerned_knows(
    client: Client, login: Login, ann: User, ben: User, moritz: User, kind: str
) -> None:
    post = posts(ben, ann)[kind]
    page = change(login(ben), post, LINKS).text
    assert THANKS in page
    assert "Being reviewed" in page
    moderator = login(moritz)
    assert f"/moderation/held/{kind}/{post.public_id}/" in moderator.get("/moderation/held/").text
    assert 'Moderation <span class="count">1</span>' in moderator.get("/desk/").text
    others = client.get(post.get_absolute_url())
    assert REVIEWED in others.text
    assert "example.org" not in others.text
    assert others.status_code == (404 if kind == "question" else 200)


@pytest.mark.parametrize("kind", ["question", "answer", "comment"])
def test_who_has_been_here_for_a_day_and_staff_write_links_as_they_like(
    login: Login, ann: User, ben: User, stella: User, kind: str
) -> None:
    User.objects.filter(pk=ben.pk).update(date_joined=timezone.now() - timedelta(days=2))
    for author in (User.objects.get(pk=ben.pk), stella):
        post = posts(author, ann)[kind]
        change(login(author), post, LINKS)
        post.refresh_from_db()
        assert (post.text, post.held_at) == (LINKS, None)


def test_a_title_holds_links_too(ann: User) -> None:
    question = make_question(ann)
    edit_question(question=question, editor=ann, title="a://b c://d e://f", text=question.text)
    assert question.is_held


def test_a_word_mended_beside_links_that_were_released_is_no_doubt(ann: User, ben: User, moritz: User) -> None:
    answer = make_answer(make_question(ann), ben, LINKS)
    release(post=answer, by=moritz, reason="These links are fine.")
    answer = edit_answer(answer=Answer.objects.get(), editor=ben, text=f"Look: {LINKS}")
    assert not answer.is_held
    answer = edit_answer(answer=answer, editor=ben, text=f"Look: {LINKS} https://example.com/")
    assert answer.is_held


def test_taking_the_links_out_does_not_publish_what_is_held(ann: User, ben: User) -> None:
    answer = make_answer(make_question(ann), ben, LINKS)
    edit_answer(answer=answer, editor=ben, text="Nothing to see.")
    answer.refresh_from_db()
    assert (answer.is_held, answer.text) == (True, "Nothing to see.")


def test_counters_and_followers_know_of_a_held_edit_and_hear_of_the_answer_once(
    ann: User, ben: User, moritz: User
) -> None:
    question = make_question(ann)
    answer = make_accepted(question, ben, by=ann)
    edit_answer(answer=answer, editor=ben, text=LINKS)
    question.refresh_from_db()
    assert (question.answer_count, question.accepted_count) == (0, 0)
    release(post=answer, by=moritz, reason="These links are fine.")
    question.refresh_from_db()
    assert (question.answer_count, question.accepted_count) == (1, 1)
    assert OutgoingMail.objects.filter(kind="question_answered").count() == 1


def test_a_comment_released_after_an_edit_is_told_of_once(ann: User, ben: User, moritz: User, login: Login) -> None:
    comment = make_comment(make_question(ann), ben)
    change(login(ben), comment, LINKS)
    comment.refresh_from_db()
    release(post=comment, by=moritz, reason="These links are fine.")
    assert OutgoingMail.objects.filter(kind="question_commented").count() == 1


def test_what_was_removed_while_its_author_was_writing_is_not_changed(ann: User, moritz: User) -> None:
    question = make_question(ann)
    stale = Question.objects.get()
    hide(target=question, by=moritz, rule="insult", reason="It is about a person.")
    with pytest.raises(PostRemoved):
        edit_question(question=stale, editor=ann, title="Another", text="Another text.")
    assert not Revision.objects.exists()


def test_two_windows_make_versions_one_after_the_other(ann: User, ben: User) -> None:
    answer = make_answer(make_question(ann), ben)
    stale = Answer.objects.get()
    for window in (answer, stale, stale):
        edit_answer(answer=window, editor=ben, text="Three years.")
    assert [version.text for version in Revision.objects.all()] == ["About two years, dry and dark.", "Three years."]
