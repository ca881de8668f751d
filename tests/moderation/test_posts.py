"""Hide without a report, restore, and look through what was held."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.mail import deliver_due
from accounts.models import OutgoingMail, User
from forum.models import FaqEntry
from moderation.actions.decisions import release
from moderation.models import Decision, LogEntry, Notice
from tests.factories import make_answer, make_comment, make_faq, make_question
from tests.moderation.people import REASON, queued, reported

Login = Callable[[User], Client]
SAID = {"rule": "advertising", "reason": REASON}


def test_moritz_hides_without_a_report(login: Login, ann: User, moritz: User) -> None:
    question = make_question(ann)
    login(moritz).post(f"/moderation/hide/question/{question.public_id}/", SAID)
    question.refresh_from_db()
    assert question.hidden_rule == "advertising"
    assert Decision.objects.get().notice is None
    assert LogEntry.objects.get().verb == "hide"
    assert queued("post_hidden") == 1


def test_the_ways_there_and_back_are_shown_to_moderators_only(
    client: Client, login: Login, ann: User, moritz: User
) -> None:
    question, moderator = make_question(ann), login(moritz)
    hides, restores = (f"/moderation/{verb}/question/{question.public_id}/" for verb in ("hide", "restore"))
    assert hides in moderator.get(f"/report/question/{question.public_id}/").content.decode()
    assert hides not in client.get(f"/report/question/{question.public_id}/").content.decode()
    moderator.post(hides, SAID)
    assert restores in moderator.get("/transparency/").content.decode()
    assert restores not in client.get("/transparency/").content.decode()


def test_hiding_settles_reports_too(login: Login, ann: User, moritz: User) -> None:
    question = make_question(ann)
    reported(question)
    login(moritz).post(f"/moderation/hide/question/{question.public_id}/", SAID)
    assert not Notice.objects.open().exists()


def test_moritz_hides_his_own_words_without_a_letter(login: Login, moritz: User) -> None:
    question = make_question(moritz)
    login(moritz).post(f"/moderation/hide/question/{question.public_id}/", SAID)
    assert queued("post_hidden") == 0


def test_nothing_is_hidden_twice(login: Login, ann: User, moritz: User) -> None:
    client, question = login(moritz), make_question(ann)
    url = f"/moderation/hide/question/{question.public_id}/"
    client.post(url, SAID)
    assert client.post(url, SAID).status_code == 409
    assert client.get(url).status_code == 409
    assert LogEntry.objects.count() == 1


def test_moritz_restores_what_was_hidden(client: Client, login: Login, ann: User, moritz: User, olga: User) -> None:
    answer = make_answer(make_question(ann), ann, text="Soap keeps for years.")
    login(moritz).post(f"/moderation/hide/answer/{answer.public_id}/", SAID)
    login(olga).post(f"/moderation/restore/answer/{answer.public_id}/", {"reason": REASON})
    answer.refresh_from_db()
    assert not answer.is_hidden
    assert answer.question.answer_count == 1
    assert [entry.verb for entry in LogEntry.objects.all()] == ["restore", "hide"]
    assert queued("post_restored") == 1


def test_what_nobody_had_read_reaches_those_who_follow_when_it_is_restored(
    login: Login, ann: User, ben: User, moritz: User, olga: User
) -> None:
    answer = make_answer(make_question(ann), ben, held_at=timezone.now(), held_reason="Many links")
    OutgoingMail.objects.all().delete()
    login(moritz).post(f"/moderation/held/answer/{answer.public_id}/", {"verb": "hide", **SAID})
    assert not OutgoingMail.objects.filter(kind="question_answered").exists()
    for _again in range(2):
        login(olga).post(f"/moderation/restore/answer/{answer.public_id}/", {"reason": REASON})
        login(moritz).post(f"/moderation/hide/answer/{answer.public_id}/", SAID)
    assert OutgoingMail.objects.get(kind="question_answered").recipient == ann


def test_a_restored_post_gets_no_letter_that_it_is_gone(login: Login, ann: User, moritz: User) -> None:
    client, question = login(moritz), make_question(ann)
    client.post(f"/moderation/hide/question/{question.public_id}/", SAID)
    client.post(f"/moderation/restore/question/{question.public_id}/", {"reason": REASON})
    deliver_due()
    assert [letter.subject for letter in mail.outbox] == ["What you wrote is shown again"]


def test_what_stands_can_not_be_restored(login: Login, ann: User, moritz: User) -> None:
    url = f"/moderation/restore/question/{make_question(ann).public_id}/"
    assert login(moritz).post(url, {"reason": REASON}).status_code == 409
    assert not LogEntry.objects.exists()


def test_moritz_removes_a_faq_entry_and_shows_it_again(
    client: Client, login: Login, stella: User, moritz: User
) -> None:
    moderator, entry = login(moritz), make_faq(stella)
    moderator.post(f"/moderation/hide/faq/{entry.slug}/", SAID)
    assert client.get(entry.get_absolute_url()).status_code == 404
    moderator.post(f"/moderation/restore/faq/{entry.slug}/", {"reason": REASON})
    assert client.get(entry.get_absolute_url()).status_code == 200
    assert [entry.verb for entry in LogEntry.objects.all()] == ["restore", "hide"]


def test_what_staff_had_retired_stays_retired_when_a_removal_ends(login: Login, stella: User, moritz: User) -> None:
    moderator, entry = login(moritz), make_faq(stella, retired_at=timezone.now())
    moderator.post(f"/moderation/hide/faq/{entry.slug}/", SAID)
    removed = FaqEntry.objects.get()
    moderator.post(f"/moderation/restore/faq/{entry.slug}/", {"reason": REASON})
    restored = FaqEntry.objects.get()
    assert (removed.is_hidden, restored.is_hidden) == (True, False)
    assert restored.retired_at


def _held(ann: User) -> list[Any]:
    now: dict[str, Any] = {"held_at": timezone.now(), "held_reason": "Many links."}
    question = make_question(ann, title="A held question", **now)
    open_question = make_question(ann)
    return [question, make_answer(open_question, ann, **now), make_comment(open_question, ann, **now)]


def test_everything_held_stands_in_the_list(login: Login, ann: User, moritz: User) -> None:
    _held(ann)
    page = login(moritz).get("/moderation/held/").content.decode()
    assert page.count("Many links.") == 3
    assert "A held question" in page


def test_an_empty_list_says_so(login: Login, moritz: User) -> None:
    assert "Nothing waits" in login(moritz).get("/moderation/held/").content.decode()


@pytest.mark.parametrize("which", [0, 1, 2])
def test_moritz_publishes_what_was_held(client: Client, login: Login, ann: User, moritz: User, which: int) -> None:
    post = _held(ann)[which]
    url = f"/moderation/held/{post.kind}/{post.public_id}/"
    assert login(moritz).post(url, {"verb": "release", "reason": REASON}).url == "/moderation/held/"
    post.refresh_from_db()
    assert post.held_at is None
    assert LogEntry.objects.get().verb == "release"
    assert queued("post_released") == 1


def test_the_promise_counts_from_the_release(ann: User, moritz: User) -> None:
    question = make_question(ann, held_at=timezone.now(), promised_at=timezone.now() - timedelta(days=2))
    release(post=question, by=moritz, reason=REASON)
    question.refresh_from_db()
    assert question.awaits_staff
    assert not question.is_overdue


def test_a_released_answer_reaches_those_who_follow(login: Login, ann: User, ben: User, moritz: User) -> None:
    answer = make_answer(make_question(ann), ben, held_at=timezone.now())
    OutgoingMail.objects.all().delete()
    login(moritz).post(f"/moderation/held/answer/{answer.public_id}/", {"verb": "release", "reason": REASON})
    assert OutgoingMail.objects.get(kind="question_answered").recipient == ann


def test_moritz_removes_what_was_held(login: Login, ann: User, moritz: User) -> None:
    question = make_question(ann, held_at=timezone.now())
    login(moritz).post(f"/moderation/held/question/{question.public_id}/", {"verb": "hide", **SAID})
    question.refresh_from_db()
    assert question.is_hidden
    assert not question.is_held


def test_nothing_is_published_twice(login: Login, ann: User, moritz: User) -> None:
    question, client = make_question(ann, held_at=timezone.now()), login(moritz)
    url, said = f"/moderation/held/question/{question.public_id}/", {"verb": "release", "reason": REASON}
    client.post(url, said)
    assert client.post(url, said).status_code == 409
    assert LogEntry.objects.count() == 1


@pytest.mark.parametrize("room", ["hide", "restore", "held"])
def test_a_decision_without_reason_comes_back(login: Login, ann: User, moritz: User, room: str) -> None:
    facts: dict[str, Any] = {"restore": {"hidden_at": timezone.now()}, "held": {"held_at": timezone.now()}}.get(
        room, {}
    )
    question = make_question(ann, **facts)
    response = login(moritz).post(f"/moderation/{room}/question/{question.public_id}/", {"reason": "", "verb": "hide"})
    assert response.status_code == 422
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize("room", ["hide", "restore", "held"])
@pytest.mark.parametrize("who", ["ann", "ben", "stella"])
def test_only_moderators_come_in(login: Login, request: pytest.FixtureRequest, ann: User, who: str, room: str) -> None:
    client = login(request.getfixturevalue(who))
    url = f"/moderation/{room}/question/{make_question(ann).public_id}/"
    assert client.get(url).status_code == client.post(url, SAID).status_code == 404
    assert client.get("/moderation/held/").status_code == 404


@pytest.mark.parametrize("path", ["hide/question/none", "hide/user/ann", "held/faq/none", "restore/conversation/1"])
def test_there_is_nothing_else_to_decide(login: Login, moritz: User, path: str) -> None:
    assert login(moritz).get(f"/moderation/{path}/").status_code == 404
