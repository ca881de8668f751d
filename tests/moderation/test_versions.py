"""A moderator takes one former version out of a history, with reasons, and shows it again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client

from accounts.mail import deliver_due
from accounts.models import User
from forum.actions.answers import edit_answer
from forum.models import Answer, Revision
from moderation.actions import versions
from moderation.models import Decision, LogEntry
from tests.factories import make_answer, make_question
from tests.moderation.people import REASON, queued, report

pytestmark = pytest.mark.any_database

Login = Callable[[User], Client]
SAID = {"rule": "personal-data", "reason": REASON}


@pytest.fixture
def answer(ann: User, ben: User) -> Answer:
    """Ben first wrote down somebody's number."""
    answer = make_answer(make_question(ann), ben, "Ring 0170 canary.")
    edit_answer(answer=answer, editor=ben, text="Ring her.")
    return answer


def path(answer: Answer, verb: str = "hide", number: int = 1) -> str:
    return f"/moderation/{verb}/answer/{answer.public_id}/{number}/"


def history(client: Client, answer: Answer) -> str:
    return client.get(f"/a/{answer.public_id}/history/").text


def test_moritz_hides_a_version_and_only_moderators_see_it(
    client: Client, login: Login, answer: Answer, ann: User, ben: User, stella: User, moritz: User
) -> None:
    moderator = login(moritz)
    assert path(answer) in history(moderator, answer)
    assert "canary" in moderator.get(path(answer)).text
    assert moderator.post(path(answer), SAID)["Location"] == f"/a/{answer.public_id}/history/"
    for who in (client, login(ann), login(ben), login(stella)):
        assert "canary" not in history(who, answer)
    assert "canary" in history(moderator, answer)
    assert path(answer, "restore") in history(moderator, answer)
    decision, line = Decision.objects.get(), LogEntry.objects.get()
    assert (decision.verb, decision.version, decision.target_author) == ("hide-one", 1, ben)
    assert (decision.rule, line.rule) == ("personal-data", "personal-data")
    assert (line.verb, line.version, line.reason, line.actor) == ("hide-one", 1, REASON, moritz)
    answer.refresh_from_db()
    assert (answer.text, answer.is_hidden) == ("Ring her.", False)


def test_ben_is_told_and_everybody_reads_that_it_was_decided(
    client: Client, login: Login, answer: Answer, ben: User, moritz: User
) -> None:
    login(moritz).post(path(answer), SAID)
    deliver_due()
    letter = next(letter for letter in mail.outbox if letter.to == [ben.email])
    assert REASON in letter.body
    assert "canary" not in letter.body
    assert "A former version removed" in client.get("/transparency/").text
    assert "Version 1" in login(ben).get("/account/").text


def test_it_is_shown_again(client: Client, login: Login, answer: Answer, moritz: User) -> None:
    moderator = login(moritz)
    moderator.post(path(answer), SAID)
    assert path(answer, "restore") in moderator.get("/transparency/").text
    moderator.post(path(answer, "restore"), {"reason": REASON})
    assert "canary" in history(client, answer)
    assert [line.verb for line in LogEntry.objects.all()] == ["show-one", "hide-one"]
    assert (queued("version_hidden"), queued("version_restored")) == (1, 1)
    deliver_due()
    about = [letter.subject for letter in mail.outbox if "version" in letter.subject]
    assert about == ["A former version of what you wrote is shown again"], "the first letter has become untrue"


def test_what_stands_there_today_is_not_taken_away_like_this(login: Login, answer: Answer, moritz: User) -> None:
    moderator = login(moritz)
    assert path(answer, number=2) not in history(moderator, answer)
    assert moderator.post(path(answer, number=2), SAID).status_code == 403
    assert not Revision.objects.exclude(hidden_at=None).exists()


def test_a_second_press_changes_nothing(login: Login, answer: Answer, moritz: User) -> None:
    moderator = login(moritz)
    assert moderator.post(path(answer, "restore"), {"reason": REASON}).status_code == 409
    assert [moderator.post(path(answer), SAID).status_code for _ in range(2)] == [302, 409]
    with pytest.raises(versions.AlreadyDecided):
        versions.hide_one(post=answer, number=1, by=moritz, rule="insult", reason=REASON)
    assert Decision.objects.count() == 1


def test_no_rule_or_reason_no_decision(login: Login, answer: Answer, moritz: User) -> None:
    for said in ({"reason": REASON}, {"rule": "insult"}, {}):
        assert login(moritz).post(path(answer), said).status_code == 422
    assert not Decision.objects.exists()


def test_nobody_else_finds_the_rooms(login: Login, answer: Answer, ben: User, stella: User, moritz: User) -> None:
    for who in (ben, stella):
        assert [login(who).post(path(answer, verb), SAID).status_code for verb in ("hide", "restore")] == [404, 404]
        assert path(answer) not in history(login(who), answer)
    for wrong in (path(answer, number=9), path(answer).replace("/answer/", "/faq/")):
        assert login(moritz).get(wrong).status_code == 404


def test_who_reported_the_text_leaves_its_versions_to_others(
    login: Login, answer: Answer, moritz: User, olga: User
) -> None:
    report(login(moritz), answer)
    assert login(moritz).post(path(answer), SAID).status_code == 403
    assert login(olga).post(path(answer), SAID).status_code == 302
