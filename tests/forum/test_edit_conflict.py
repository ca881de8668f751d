"""Two windows change the same text: the later one sees both, and nothing is overwritten unseen."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from forum.actions.answers import edit_answer
from forum.actions.revisions import Overtaken, version_of
from forum.models import Answer, Comment, Question, Revision
from tests.factories import make_answer, make_comment, make_question, make_topic
from tests.races import together

Login = Callable[[User], Client]


def opened(client: Client, path: str) -> dict[str, str]:
    sheet = client.get(path).context["sheet"]
    return {"form_key": sheet.sent.key, "begun_from": sheet.version}


def places(ann: User) -> dict[str, Any]:
    question = make_question(ann)
    answer, comment = make_answer(question, ann), make_comment(question, ann)
    return {
        f"/q/{question.public_id}/-/edit/": question,
        f"/a/{answer.public_id}/edit/": answer,
        f"/c/{comment.public_id}/edit/": comment,
    }


def test_the_later_window_sees_both_and_a_difference(login: Login, ann: User) -> None:
    client = login(ann)
    for path, post in places(ann).items():
        said = {"title": "How long does soap last?", "topic": "soap"}
        first, second = opened(client, path) | said, opened(client, path) | said
        assert client.post(path, first | {"text": "One line.\nChanged by the first."}).status_code == 302
        late = client.post(path, second | {"text": "One line.\nChanged by the second."})
        assert late.status_code == 409, path
        assert "Changed by the first.</textarea>" in late.text
        assert "Changed by the second.</textarea>" in late.text
        assert "<mark>first</mark>" in late.text
        assert "<mark>second</mark>" in late.text
        post.refresh_from_db()
        assert post.text == "One line.\nChanged by the first."
        merged = second | {"begun_from": late.context["sheet"].version, "text": "Both."}
        assert client.post(path, merged).status_code == 302
        post.refresh_from_db()
        assert post.text == "Both."
    assert Revision.objects.count() == 9


def test_the_same_change_twice_is_no_conflict(login: Login, ann: User) -> None:
    client = login(ann)
    for path in places(ann):
        said = {"title": "How long does soap last?", "topic": "soap", "text": "The same."}
        for form in [opened(client, path) for _window in range(2)]:
            assert client.post(path, form | said).status_code == 302


def test_a_title_a_topic_and_a_name_are_words_too(login: Login, ann: User) -> None:
    question, client = make_question(ann), login(ann)
    make_topic("Shampoo", "shampoo")
    path = f"/q/{question.public_id}/-/edit/"
    base = {"title": question.title, "topic": "soap", "text": question.text}
    for change in ({"title": "How old may soap get?"}, {"topic": "shampoo"}, {"unnamed": "on"}):
        window = opened(client, path)
        client.post(path, opened(client, path) | base | change)
        assert client.post(path, window | base | {"text": "Something else."}).status_code == 409
    assert Question.objects.get().text == question.text


@pytest.mark.django_db(transaction=True)
def test_in_the_same_instant_one_of_two_is_told(ann: User) -> None:
    answer = make_answer(make_question(ann), ann)
    version = version_of(answer)

    def change(text: str) -> Callable[[], object]:
        return lambda: edit_answer(answer=Answer.objects.get(), editor=ann, text=text, version=version)

    assert together(change("One."), change("Two."), refusals=(Overtaken,)) == ["Overtaken", "done"]


@pytest.mark.any_database
def test_no_order_of_opening_and_saving_loses_a_text(ann: User) -> None:
    """All ways in which two windows that open and save twice can come between each other; A is the one that begins.

    Each adds a line to what it saw; so whatever stands there at the end holds every line that was taken.
    """
    question = make_question(ann)
    orders = [turns for turns in combinations(range(8), 4) if 0 in turns]
    assert [turns for turns in orders if not _keeps_every_line(make_answer(question, ann, "0"), ann, turns)] == []


def _keeps_every_line(answer: Answer, writer: User, turns: tuple[int, ...]) -> bool:
    seen: dict[str, tuple[str, str]] = {}
    taken = ["0"]
    for number in range(8):
        window = "A" if number in turns else "B"
        answer = Answer.objects.get(pk=answer.pk)
        if window not in seen:
            seen[window] = (answer.text, version_of(answer))
            continue
        text, version = seen.pop(window)
        try:
            edit_answer(answer=answer, editor=writer, text=f"{text}\n{number}", version=version)
            taken.append(str(number))
        except Overtaken:
            assert text != answer.text
    return Answer.objects.get(pk=answer.pk).text.split("\n") == taken


def test_an_edit_after_acceptance_is_marked_and_resets_nothing(
    login: Login, client: Client, ann: User, ben: User
) -> None:
    question = make_question(ann)
    answer = make_answer(question, ben)
    login(ann).post(f"/a/{answer.public_id}/accept/")
    assert "Edited after it was accepted" not in client.get(question.get_absolute_url()).text
    login(ben).post(f"/a/{answer.public_id}/edit/", {"text": "Three years.", "reason": "I looked again"})
    page = client.get(question.get_absolute_url()).text
    assert "Edited after it was accepted" in page
    assert "Accepted answer" in page
    history = client.get(f"/a/{answer.public_id}/history/").text
    assert "I looked again" in history
    assert "ben" in history


def test_a_comment_shows_its_versions(login: Login, client: Client, ann: User) -> None:
    comment = make_comment(make_question(ann), ann, "It is blue.")
    login(ann).post(f"/c/{comment.public_id}/edit/", {"text": "It is green.", "reason": "Wrong soap"})
    page = client.get(f"/c/{comment.public_id}/history/").text
    for part in ("<mark>blue</mark>", "<mark>green</mark>", "Wrong soap", "Versions of the comment by ann"):
        assert part in page
    assert f"/c/{comment.public_id}/history/" in client.get(comment.thread.get_absolute_url()).text
    Comment.objects.update(hidden_at=comment.created_at)
    assert client.get(f"/c/{comment.public_id}/history/").status_code == 404


def test_a_hidden_version_is_for_moderators(login: Login, client: Client, ann: User, moritz: User) -> None:
    comment = make_comment(make_question(ann), ann, "A phone number.")
    login(ann).post(f"/c/{comment.public_id}/edit/", {"text": "Nothing."})
    Revision.objects.filter(number=1).update(hidden_at=comment.created_at)
    path = f"/c/{comment.public_id}/history/"
    assert "phone" not in client.get(path).text
    assert "phone" not in login(ann).get(path).text
    assert "phone" in login(moritz).get(path).text
