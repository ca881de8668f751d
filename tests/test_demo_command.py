"""Loading the demonstration company: on any day, once, and only where it is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from io import StringIO
from itertools import chain
from pathlib import Path

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command

from accounts.models import User
from forum.models import Acceptance, Answer, Comment, Company, Conversation, FaqEntry, Question
from moderation.demo.clock import duration
from moderation.demo.loader import load
from moderation.models import LogEntry, Notice

# Days on which much is closed, or the clock is about to change.
ODD_DAYS = ["2026-12-27T03:15", "2027-03-28T01:30", "2026-08-19T11:00"]
MODELS = (User, Question, Answer, Comment, FaqEntry, Conversation, Notice, LogEntry)


@pytest.fixture
def demo_site(settings: object, tmp_path: Path, db: None) -> None:
    """An empty site that calls itself a demonstration."""
    settings.DEMO, settings.MEDIA_ROOT = True, tmp_path  # type: ignore[attr-defined]


def posts() -> Iterator[Question | Answer | Comment]:
    return chain(Question.objects.all(), Answer.objects.all(), Comment.objects.all())


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("demo", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("day", ODD_DAYS)
@pytest.mark.any_database
def test_time_runs_forward_on_every_day_of_the_year(day: str, demo_site: None) -> None:
    now = datetime.fromisoformat(day).replace(tzinfo=UTC)
    load(now)
    hours = Company.load().service_hours
    for post in posts():
        assert post.author
        assert post.author.date_joined < post.created_at <= now
        assert not post.is_by_staff or hours.is_open(post.created_at)
    for answer in Answer.objects.all():
        assert answer.question.created_at < answer.created_at
    for acceptance in Acceptance.objects.all():
        assert acceptance.answer.created_at < acceptance.accepted_at <= now
    for conversation in Conversation.objects.all():
        moments = [message.created_at for message in conversation.messages.order_by("created_at")]
        assert moments == sorted(set(moments))
        assert moments[-1] <= now


def test_the_command_fills_an_empty_site_and_names_the_sign_ins(demo_site: None) -> None:
    lines = run().splitlines()
    assert [line.split()[:2] for line in lines[1:]] == [
        ["Owner", "marlene"],
        ["Moderator", "sevda"],
        ["Staff", "jannis"],
        ["Customer", "wollknäuel"],
    ]
    for line in lines[1:]:
        _role, nickname, password = line.split()
        assert authenticate(None, username=nickname, password=password) is not None


def test_a_second_run_changes_nothing(demo_site: None) -> None:
    run()
    before = [list(model.objects.order_by("pk").values()) for model in MODELS]
    assert "Nothing was changed" in run()
    assert [list(model.objects.order_by("pk").values()) for model in MODELS] == before


def test_a_site_with_people_is_left_alone(demo_site: None) -> None:
    somebody = User.objects.create_user("somebody", "somebody@example.org")
    run()
    assert list(User.objects.all()) == [somebody]


def test_a_changed_password_is_not_printed(demo_site: None) -> None:
    run()
    marlene = User.objects.get(nickname="marlene")
    marlene.set_password("something else entirely")
    marlene.save()
    assert "marlene" not in run("--sign-ins")


def test_sign_ins_alone_fill_nothing(demo_site: None) -> None:
    assert run("--sign-ins") == ""
    assert not User.objects.exists()


def test_a_real_site_refuses_the_demonstration(settings: object, db: None) -> None:
    settings.DEMO = False  # type: ignore[attr-defined]
    with pytest.raises(CommandError, match="DEMO=true"):
        run()
    assert not User.objects.exists()


@pytest.mark.parametrize("text", ["", "soon", "3 days", "-2d"])
def test_a_duration_is_written_in_days_hours_and_minutes(text: str) -> None:
    with pytest.raises(ValueError, match="not a duration"):
        duration(text)
