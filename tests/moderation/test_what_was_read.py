"""A decision is about the words that the moderator has read, not about what its author makes of them meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from forum.actions.answers import edit_answer
from forum.models import Answer
from moderation.actions.decisions import TextChanged, release
from moderation.models import Decision
from moderation.targets import version_of
from tests.factories import make_answer, make_question
from tests.moderation.people import REASON, decide, reported

Login = Callable[[User], Client]
LINKS = " ".join(f"https://example.org/{number}" for number in range(3))


@pytest.fixture
def answer(ann: User, ben: User) -> Answer:
    return make_answer(make_question(ann), ben, LINKS)


def read_on(page: Any) -> str:
    return str(page.context["form"]["read"].value())


def test_what_was_changed_while_moritz_was_reading_is_shown_before_it_is_published(
    login: Login, answer: Answer, ben: User, moritz: User
) -> None:
    moderator, url = login(moritz), f"/moderation/held/answer/{answer.public_id}/"
    said = {"verb": "release", "reason": REASON, "read": read_on(moderator.get(url))}
    edit_answer(answer=answer, editor=ben, text="Buy at https://example.com/ instead.")
    response = moderator.post(url, said)
    assert response.status_code == 409
    assert "The text was changed while you were reading." in response.text
    assert "Buy at" in response.text
    assert REASON in response.text
    assert Answer.objects.get().is_held
    assert not Decision.objects.exists()
    assert moderator.post(url, said | {"read": read_on(response)}).status_code == 302
    assert not Answer.objects.get().is_held


@pytest.mark.parametrize("verb", ["hide", "keep"])
def test_a_report_is_decided_about_what_stands_there(
    login: Login, answer: Answer, ben: User, moritz: User, verb: str
) -> None:
    release(post=answer, by=moritz, reason=REASON)
    Decision.objects.all().delete()
    notice, moderator = reported(answer), login(moritz)
    read = read_on(moderator.get(notice.get_absolute_url()))
    edit_answer(answer=Answer.objects.get(), editor=ben, text="Two years, I am sorry.")
    response = decide(moderator, notice, verb, read=read)
    assert response.status_code == 409
    assert "Two years, I am sorry." in response.text
    assert not Decision.objects.exists()
    assert decide(moderator, notice, verb, read=read_on(response)).status_code == 302


def test_the_action_looks_itself(answer: Answer, ben: User, moritz: User) -> None:
    read = version_of(answer)
    edit_answer(answer=answer, editor=ben, text="Something else.")
    with pytest.raises(TextChanged):
        release(post=answer, by=moritz, reason=REASON, read=read)
