"""Everything that is kept for a time is there the day before its day, and gone the day after."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts import retention
from accounts.jobs import queue_job, work_due
from accounts.mail import deliver_due
from accounts.models import DataExport, FailedSignIn, Job, OutgoingMail, User
from forum.actions.drafts import save_draft
from forum.actions.sending import Sent
from forum.models import Draft, FormKey, Question
from tests.accounts.entrance import sign_in
from tests.accounts.periods import START, lives, look
from tests.accounts.privacy import made_copy
from tests.factories import (
    make_answer,
    make_question,
)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


def test_letters(clock: time_machine.Traveller, ann: User, stella: User) -> None:
    make_answer(make_question(ann), stella)
    deliver_due()
    lives(clock, 30, OutgoingMail.objects.exists)


def test_a_letter_that_still_waits_is_not_lost(clock: time_machine.Traveller, ann: User, stella: User) -> None:
    make_answer(make_question(ann), stella)
    look(clock, timedelta(days=60))
    assert OutgoingMail.objects.exists()


def test_jobs(clock: time_machine.Traveller, ann: User, settings: Any) -> None:
    settings.JOBS = {"x": "accounts.retention.bool"}
    Job.objects.filter(pk=queue_job("x").pk).update(done_at=START)
    lives(clock, 30, Job.objects.exists)


def test_drafts(clock: time_machine.Traveller, ann: User) -> None:
    save_draft(Sent(ann, "question_ask"), {"title": "Which one"})
    lives(clock, 90, Draft.objects.exists)


def test_keys_of_forms(clock: time_machine.Traveller, ann: User) -> None:
    FormKey.objects.create(digest="x", made="1")
    look(clock, timedelta(hours=23))
    assert FormKey.objects.exists()
    look(clock, timedelta(hours=25))
    assert not FormKey.objects.exists()


def test_copies(clock: time_machine.Traveller, ann: User) -> None:
    export = made_copy(ann)
    lives(clock, 7, export.path.exists)
    look(clock, timedelta(days=40))
    assert not DataExport.objects.exists()


def test_sign_ups_nobody_confirmed(clock: time_machine.Traveller, client: Client, company: object) -> None:
    client.post("/account/signup/", {"nickname": "nora", "email": "nora@example.org", "homepage": "",
                                     "password": "correct-horse-battery"})  # fmt: skip
    lives(clock, 7, User.objects.filter(nickname="nora").exists)


def test_confirmed_and_imported_accounts_are_no_such_sign_ups(clock: time_machine.Traveller, ann: User) -> None:
    from forum.importing.authors import create_author

    create_author(shown_name="Old hand", source="x", foreign_id="7", joined_at=START, is_staff=False)
    look(clock, timedelta(days=30))
    assert User.objects.count() == 2


def test_unused_accounts_after_a_letter(clock: time_machine.Traveller, ann: User) -> None:
    question = make_question(ann)
    OutgoingMail.objects.all().delete()
    look(clock, timedelta(days=699))
    assert not OutgoingMail.objects.exists()
    look(clock, timedelta(days=701))
    deliver_due()
    assert [letter.subject for letter in mail.outbox] == ["Do you still want your account?"]
    # The day of the letter, and the thirty days that it names.
    assert "31 February" not in str(mail.outbox[0].body)
    assert "4 March 2028" not in mail.outbox[0].subject
    look(clock, timedelta(days=730))
    assert User.objects.filter(pk=ann.pk).exists()
    look(clock, timedelta(days=732))
    assert not User.objects.filter(nickname="ann").exists()
    assert Question.objects.get(pk=question.pk).author is None
    look(clock, timedelta(days=733))
    deliver_due()
    assert [letter.subject for letter in mail.outbox][1:] == ["Your account is erased"]


def test_who_comes_back_after_the_letter_stays(clock: time_machine.Traveller, ann: User) -> None:
    look(clock, timedelta(days=701))
    User.objects.filter(pk=ann.pk).update(last_login=START + timedelta(days=710))
    look(clock, timedelta(days=800))
    assert User.objects.filter(pk=ann.pk).exists()
    look(clock, timedelta(days=710 + 701))
    assert OutgoingMail.objects.filter(kind="account_inactive").count() >= 1
    assert User.objects.get(pk=ann.pk).told_inactive_at == START + timedelta(days=710 + 701)


def test_who_signs_in_while_others_are_erased_stays(
    clock: time_machine.Traveller, ann: User, ben: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = User.objects.create_user("cem", "cem@example.org")
    look(clock, timedelta(days=701))
    clock.move_to(START + timedelta(days=732))
    first = retention.erase_account

    def meanwhile(*, user: User, **how: Any) -> None:
        first(user=user, **how)
        if user == ann:
            User.objects.filter(pk=ben.pk).update(last_login=timezone.now())
            User.objects.filter(pk=gone.pk).delete()

    monkeypatch.setattr(retention, "erase_account", meanwhile)
    retention.erase_inactive_accounts(timezone.now())
    assert list(User.objects.values_list("pk", flat=True)) == [ben.pk]
    assert User.objects.get().nickname == "ben"


def test_staff_and_suspended_sleepers_are_left_alone(clock: time_machine.Traveller, stella: User, ben: User) -> None:
    User.objects.filter(pk=ben.pk).update(is_active=False)
    look(clock, timedelta(days=701))
    look(clock, timedelta(days=900))
    assert User.objects.count() == 2


def test_a_site_that_slept_itself_still_gives_notice(clock: time_machine.Traveller, ann: User) -> None:
    look(clock, timedelta(days=2000))
    assert User.objects.filter(pk=ann.pk).exists()
    look(clock, timedelta(days=2029))
    assert User.objects.filter(pk=ann.pk).exists()
    look(clock, timedelta(days=2031))
    assert not User.objects.filter(pk=ann.pk).exists()


def test_sessions(clock: time_machine.Traveller, ann: User, client: Client) -> None:
    client.force_login(ann)
    Session.objects.update(expire_date=START + timedelta(days=30))
    lives(clock, 30, Session.objects.exists)


def test_what_was_noted_about_a_session(clock: time_machine.Traveller, ann: User, client: Client) -> None:
    sign_in(client, "ann")
    assert UserSession.objects.get().ip
    Session.objects.update(expire_date=START + timedelta(days=30))
    lives(clock, 30, UserSession.objects.exists)


def test_failed_tries_to_sign_in(clock: time_machine.Traveller, ann: User, client: Client) -> None:
    for name in ("ann", "nobody"):
        sign_in(client, name, "wrong-horse-battery")
    assert FailedSignIn.objects.count() == 2
    lives(clock, 30, FailedSignIn.objects.exists)


def test_what_counts_for_limits(clock: time_machine.Traveller, settings: Any, db: None) -> None:
    """Their keys are made from network addresses; nothing but time takes them out of the table."""
    from django.core.cache import cache, caches
    from django.core.management import call_command
    from django.db import connection

    settings.CACHES = {"default": {"BACKEND": "config.cache.CountingCache", "LOCATION": "limits"}}
    call_command("createcachetable")
    caches["default"].set("192.0.2.7", 1, timeout=7 * 86_400)

    def kept() -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT COUNT(*) FROM limits WHERE cache_key LIKE '%192.0.2.7%'")
            return bool(cursor.fetchone()[0])

    assert cache is not None
    lives(clock, 7, kept)


def test_every_period_follows_its_setting(clock: time_machine.Traveller, settings: Any, ann: User) -> None:
    settings.MAIL_LOG_DAYS, settings.EXPORT_DAYS = 3, 2
    export = made_copy(ann)
    deliver_due()
    look(clock, timedelta(days=2, hours=1))
    assert not export.path.exists()
    look(clock, timedelta(days=4))
    assert not OutgoingMail.objects.exists()
    assert work_due(timezone.now()) == 0
