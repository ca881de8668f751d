"""Who did something for the company is known for a time; that it was done stays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.contrib.admin.models import LogEntry as SettingsLogEntry

from accounts.membership import was_in_team
from accounts.models import Role, RoleChange, User
from forum.actions.conversations import close_conversation, read_conversation
from forum.actions.team import change_member, take_out
from forum.models import Acceptance, AccessLog, Conversation, Question
from moderation.actions.decisions import hide
from moderation.actions.notices import report
from moderation.models import Decision, LogEntry, Notice
from tests.accounts.periods import START, lives, look
from tests.factories import (
    make_accepted,
    make_comment,
    make_conversation,
    make_faq,
    make_question,
    make_topic,
)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


def test_who_reported(clock: time_machine.Traveller, ann: User, moritz: User) -> None:
    question = make_question(ann)
    report(target=question, reporter=None, name="Anton", email="anton@example.org", rule="insult", reason="It is rude.")
    hide(target=question, by=moritz, rule="insult", reason="It is rude indeed.")
    lives(clock, 183, Notice.objects.exclude(reporter_name="", reporter_email="").exists)
    assert Notice.objects.get().reason == "It is rude."


def test_who_reported_is_known_while_nothing_is_decided(clock: time_machine.Traveller, ann: User) -> None:
    report(target=make_question(ann), reporter=None, email="anton@example.org", rule="insult", reason="It is rude.")
    look(clock, timedelta(days=400))
    assert Notice.objects.get().reporter_email


def test_who_decided(clock: time_machine.Traveller, ann: User, moritz: User) -> None:
    hide(target=make_question(ann), by=moritz, rule="insult", reason="It is rude indeed.")

    def named() -> bool:
        return (
            LogEntry.objects.filter(actor_name="Moritz Mai").exists()
            and Decision.objects.exclude(decided_by=None).exists()
        )

    lives(clock, 365, named)
    assert LogEntry.objects.get().reason == Decision.objects.get().reason == "It is rude indeed."
    assert (LogEntry.objects.get().actor, Decision.objects.get().decided_by_name) == (None, "")


def test_who_took_a_post_off(clock: time_machine.Traveller, ann: User, stella: User, moritz: User) -> None:
    question = make_question(ann)
    answer, entry = make_accepted(question, stella, by=ann), make_faq(stella)
    comment = make_comment(question, ann)
    for post in (comment, answer, question, entry):
        hide(target=post, by=moritz, rule="insult", reason="It is rude indeed.")
    posts = [type(post).objects.filter(pk=post.pk) for post in (comment, answer, question, entry)]

    def named() -> bool:
        kept = [rows.exclude(hidden_by=None).exclude(hidden_by_name="").exists() for rows in posts]
        return all([*kept, Acceptance.objects.exclude(undone_by=None).exclude(undone_by_name="").exists()])

    lives(clock, 365, named)
    assert all(rows.get().hidden_by is None and rows.get().hidden_by_name == "" for rows in posts)
    assert Acceptance.objects.get().undone_by_name == ""
    assert Question.objects.get(pk=question.pk).hidden_reason == "It is rude indeed."


def test_who_opened_a_conversation(clock: time_machine.Traveller, ann: User, stella: User) -> None:
    room = make_conversation(ann, make_topic("Private", "private", channel="private", staff=[stella]))
    read_conversation(conversation=room, reader=stella)
    lives(clock, 365, AccessLog.objects.exists)


def test_closed_conversations(clock: time_machine.Traveller, ann: User, stella: User) -> None:
    room = make_conversation(ann, make_topic("Private", "private", channel="private", staff=[stella]))
    close_conversation(conversation=room, by=stella)
    lives(clock, 180, Conversation.objects.exists)


def test_who_changed_a_setting(clock: time_machine.Traveller, olga: User, ann: User) -> None:
    SettingsLogEntry.objects.log_actions(olga.pk, [ann], 2)
    lives(clock, 365, SettingsLogEntry.objects.exists)


def test_who_gave_a_role(clock: time_machine.Traveller, olga: User, stella: User) -> None:
    change_member(person=stella, role=Role.MODERATOR, topics=[], by=olga)
    take_out(person=User.objects.get(pk=stella.pk), by=olga)
    lives(clock, 365, RoleChange.objects.filter(person=stella).exists)


def test_that_somebody_without_a_card_spoke_for_the_company(
    clock: time_machine.Traveller, olga: User, stella: User
) -> None:
    """Otherwise what they said with the badge would be a customer's, to take along when the account goes."""
    stella.staff_card.delete()
    take_out(person=stella, by=olga)
    look(clock, timedelta(days=400))
    assert was_in_team(User.objects.get(pk=stella.pk))
    RoleChange.objects.update(person=None)
    look(clock, timedelta(days=401))
    assert not RoleChange.objects.exists()
