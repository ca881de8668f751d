"""A moderator decides about a report, once, with a reason for everybody."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.mail import deliver_due
from accounts.models import User
from forum.actions.answers import accept_answer
from forum.models import Company
from moderation.models import Decision, LogEntry, Notice
from tests.factories import make_answer, make_comment, make_faq, make_question
from tests.moderation.people import REASON, decide, queued, report, reported

pytestmark = pytest.mark.any_database

Login = Callable[[User], Client]


def test_moritz_removes_what_was_reported(login: Login, ann: User, moritz: User) -> None:
    question = make_question(ann, text="You are all fools.")
    assert decide(login(moritz), reported(question)).url == "/moderation/"
    question.refresh_from_db()
    assert (question.hidden_by, question.hidden_rule, question.hidden_reason) == (moritz, "insult", REASON)
    decision, entry = Decision.objects.get(), LogEntry.objects.get()
    assert (decision.verb, decision.target_author, decision.decided_by) == ("hide", ann, moritz)
    assert (entry.verb, entry.rule, entry.reason) == ("hide", "insult", REASON)


def test_moritz_leaves_criticism_where_it_is(login: Login, ann: User, moritz: User) -> None:
    question = make_question(ann)
    decide(login(moritz), reported(question), "keep", rule="")
    question.refresh_from_db()
    assert question.hidden_at is None
    assert LogEntry.objects.get().verb == "keep"
    assert queued("post_hidden") == 0


def test_author_and_reporter_hear_of_it(login: Login, ann: User, ben: User, moritz: User) -> None:
    question = make_question(ann)
    report(login(ben), question)
    decide(login(moritz), Notice.objects.get())
    deliver_due()
    said = {letter.to[0]: letter for letter in mail.outbox if "have your report" not in letter.subject}
    assert set(said) == {"ann@example.org", "ben@example.org"}
    assert REASON in said["ann@example.org"].body
    assert "House rule: Insult or threat." in said["ann@example.org"].body
    assert "We have removed what you reported." in said["ben@example.org"].body
    assert "ben" not in said["ann@example.org"].body


def test_a_visitor_hears_of_it_in_the_language_of_the_report(
    client: Client, login: Login, company: Company, ann: User, moritz: User
) -> None:
    """The moderator reads English, the reporter wrote from a German page and has no account that could say so."""
    Company.objects.update(languages="en,de", tone="du")
    client.cookies["language"] = "de"
    question = make_question(ann)
    report(client, question, email="vera@example.org")
    decide(login(moritz), Notice.objects.get())
    deliver_due()
    received, decided = [letter for letter in mail.outbox if letter.to == ["vera@example.org"]]
    assert received.subject == "Deine Meldung ist da"
    assert "wir haben entfernt, was du gemeldet hast." in decided.body


def test_the_public_sees_a_tombstone_and_the_log_line(client: Client, login: Login, ann: User, moritz: User) -> None:
    answer = make_answer(make_question(ann), ann, text="Only fools ask that.")
    decide(login(moritz), reported(answer))
    page = client.get(answer.question.get_absolute_url()).content.decode()
    log = client.get("/transparency/").content.decode()
    assert "Only fools ask that." not in page + log
    assert REASON in page
    assert REASON in log
    assert "moritz" not in log.lower()


def test_one_removal_settles_every_report_about_it(login: Login, ann: User, ben: User, moritz: User) -> None:
    question = make_question(ann)
    first = reported(question, email="vera@example.org")
    report(login(ben), question)
    decide(login(moritz), first)
    assert not Notice.objects.open().exists()
    assert Decision.objects.count() == 2
    assert LogEntry.objects.count() == 1
    assert queued("post_hidden") == 1
    assert queued("notice_decided") == 2


def test_keeping_it_leaves_other_reports_open(login: Login, ann: User, ben: User, moritz: User) -> None:
    question = make_question(ann)
    first = reported(question)
    report(login(ben), question, rule="illegal")
    decide(login(moritz), first, "keep")
    assert Notice.objects.open().get().rule == "illegal"


@pytest.mark.parametrize("second", ["hide", "keep"])
def test_a_second_decision_is_refused(login: Login, ann: User, moritz: User, olga: User, second: str) -> None:
    question = make_question(ann)
    notice = reported(question)
    decide(login(moritz), notice, "keep")
    response = decide(login(olga), notice, second)
    assert response.status_code == 409
    assert "This is decided already" in response.content.decode()
    question.refresh_from_db()
    assert question.hidden_at is None
    assert Decision.objects.count() == LogEntry.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value"), [("reason", ""), ("reason", "no"), ("reason", "x" * 501), ("rule", ""), ("verb", "burn")]
)
def test_nothing_is_removed_without_rule_and_reason(
    login: Login, ann: User, moritz: User, field: str, value: str
) -> None:
    question = make_question(ann)
    said = {"verb": "hide", "rule": "insult", "reason": REASON} | {field: value}
    response = login(moritz).post(f"/moderation/{reported(question).public_id}/", said)
    assert response.status_code == 422
    assert f'id="id_{field}_error"' in response.content.decode()
    assert not Decision.objects.exists()


def test_hiding_an_accepted_answer_ends_the_acceptance(login: Login, ann: User, ben: User, moritz: User) -> None:
    answer = make_answer(make_question(ann), ben)
    accept_answer(answer=answer, by=ann)
    decide(login(moritz), reported(answer))
    answer.question.refresh_from_db()
    assert (answer.question.accepted_count, answer.question.answer_count) == (0, 0)


def test_a_reported_faq_entry_is_retired(client: Client, login: Login, stella: User, moritz: User) -> None:
    entry = make_faq(stella)
    decide(login(moritz), reported(entry))
    entry.refresh_from_db()
    assert entry.retired_at is not None
    assert client.get(entry.get_absolute_url()).status_code in (404, 410)


def test_staff_are_not_above_the_rules(login: Login, ann: User, stella: User, moritz: User) -> None:
    answer = make_answer(make_question(ann), stella)
    decide(login(moritz), reported(answer))
    answer.refresh_from_db()
    assert answer.is_hidden
    assert queued("post_hidden") == 1


def test_the_page_shows_the_text_in_its_context(login: Login, ann: User, ben: User, moritz: User) -> None:
    comment = make_comment(make_question(ann, title="Which soap for wool?"), ben, text="Fools.")
    notice = reported(comment)
    page = login(moritz).get(notice.get_absolute_url()).content.decode()
    for said in ("Fools.", "Which soap for wool?", "This is about a person and not about soap.", "ben"):
        assert said in page


def test_what_the_author_deleted_can_only_be_closed(login: Login, ann: User, ben: User, moritz: User) -> None:
    comment = make_comment(make_question(ann), ben)
    notice = reported(comment)
    comment.deleted_at = timezone.now()
    comment.save(update_fields=["deleted_at"])
    client = login(moritz)
    assert "has deleted it meanwhile" in client.get(notice.get_absolute_url()).content.decode()
    decide(client, notice)
    assert Decision.objects.get().verb == "keep"


@pytest.mark.parametrize("who", ["ann", "stella"])
def test_for_others_the_room_does_not_exist(login: Login, request: pytest.FixtureRequest, who: str, ben: User) -> None:
    notice = reported(make_question(ben))
    client = login(request.getfixturevalue(who))
    for answer in (client.get(notice.get_absolute_url()), decide(client, notice), client.get("/moderation/")):
        assert answer.status_code == 404
    assert not Decision.objects.exists()


def test_a_visitor_finds_no_moderators_room(client: Client, ann: User) -> None:
    assert client.get(reported(make_question(ann)).get_absolute_url()).status_code == 404


def test_a_suspended_moderator_decides_nothing(login: Login, ann: User, moritz: User) -> None:
    User.objects.filter(pk=moritz.pk).update(suspended_at=timezone.now())
    assert decide(login(moritz), reported(make_question(ann))).status_code == 404
