"""Nobody judges their own words or their own report while somebody else can."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from moderation.actions.decisions import TooClose, hide, keep, release, restore
from moderation.models import Decision, LogEntry, Notice
from tests.factories import make_answer, make_question
from tests.moderation.people import REASON, decide, report, reported

Login = Callable[[User], Client]
OWN = "You wrote this yourself. Another moderator decides about it."
REPORTED = "You reported this yourself. Another moderator decides about it."
SAID: dict[str, Any] = {"verb": "hide", "rule": "insult", "reason": REASON}


@pytest.mark.parametrize("verb", ["hide", "keep"])
def test_an_author_leaves_a_report_to_somebody_else(
    login: Login, ann: User, moritz: User, olga: User, verb: str
) -> None:
    notice = reported(make_answer(make_question(ann), moritz))
    page = login(moritz).get(notice.get_absolute_url())
    assert OWN in page.text
    assert '<textarea name="reason"' not in page.text
    refused = decide(login(moritz), notice, verb)
    assert refused.status_code == 403
    assert OWN in refused.text
    assert not Decision.objects.exists()
    assert decide(login(olga), notice, verb).status_code == 302


def test_who_reported_it_leaves_it_to_somebody_else_by_every_door(
    login: Login, ann: User, ben: User, moritz: User, olga: User
) -> None:
    question, moderator = make_question(ann), login(moritz)
    report(moderator, question)
    report(login(ben), question, rule="illegal")
    for path in [*(notice.get_absolute_url() for notice in Notice.objects.all()),
                 f"/moderation/hide/question/{question.public_id}/"]:  # fmt: skip
        assert REPORTED in moderator.get(path).text
        assert moderator.post(path, SAID).status_code == 403
    assert not Decision.objects.exists()
    assert login(olga).post(f"/moderation/hide/question/{question.public_id}/", SAID).status_code == 302


def test_nobody_brings_back_their_own_words(login: Login, ann: User, moritz: User, olga: User) -> None:
    answer = make_answer(make_question(ann), moritz)
    hide(target=answer, by=olga, rule="insult", reason=REASON)
    url = f"/moderation/restore/answer/{answer.public_id}/"
    assert OWN in login(moritz).get(url).text
    assert login(moritz).post(url, {"reason": REASON}).status_code == 403
    answer.refresh_from_db()
    assert answer.is_hidden


def test_nobody_releases_their_own_words(login: Login, moritz: User, olga: User) -> None:
    question = make_question(moritz, held_at=timezone.now())
    url = f"/moderation/held/question/{question.public_id}/"
    assert OWN in login(moritz).get(url).text
    assert login(moritz).post(url, {"verb": "release", "reason": REASON}).status_code == 403


def test_the_actions_look_themselves(ann: User, moritz: User, olga: User) -> None:
    answer = make_answer(make_question(ann), moritz)
    notice = reported(answer)
    with pytest.raises(TooClose):
        hide(target=answer, by=moritz, rule="insult", reason=REASON, notice=notice)
    with pytest.raises(TooClose):
        keep(notice=notice, by=moritz, reason=REASON)
    hide(target=answer, by=olga, rule="insult", reason=REASON)
    with pytest.raises(TooClose):
        restore(target=answer, by=moritz, reason=REASON)
    held = make_answer(make_question(ann), moritz, held_at=timezone.now())
    with pytest.raises(TooClose):
        release(post=held, by=moritz, reason=REASON)


@pytest.mark.parametrize("absent", [{"is_active": False}, {"suspended_at": timezone.now()}, {"role": "staff"}])
def test_who_is_alone_decides_and_the_log_says_so(
    client: Client, login: Login, ann: User, moritz: User, olga: User, absent: dict[str, Any]
) -> None:
    User.objects.filter(pk=olga.pk).update(**absent)
    decide(login(moritz), reported(make_answer(make_question(ann), moritz)), "keep")
    other = make_question(ann)
    report(login(moritz), other)
    decide(login(moritz), Notice.objects.latest("pk"))
    assert [entry.party for entry in LogEntry.objects.all()] == ["reporter", "author"]
    log = client.get("/transparency/").text
    assert "decided by the author of the post" in log
    assert "decided by a moderator who had reported it" in log


def test_of_two_parties_the_one_who_did_not_write_it_decides(login: Login, ann: User, moritz: User, olga: User) -> None:
    answer = make_answer(make_question(ann), moritz)
    report(login(olga), answer)
    notice = Notice.objects.get()
    assert decide(login(moritz), notice).status_code == 403
    assert decide(login(olga), notice).status_code == 302


def test_who_takes_back_their_own_words_needs_nobody(client: Client, login: Login, moritz: User, olga: User) -> None:
    question = make_question(moritz)
    login(moritz).post(f"/moderation/hide/question/{question.public_id}/", SAID)
    question.refresh_from_db()
    assert question.is_hidden
    assert "decided by the author of the post" in client.get("/transparency/").text
