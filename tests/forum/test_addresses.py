"""Addresses that are put together without Django's map are those that the map has."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.urls import get_script_prefix, reverse, set_script_prefix

from accounts.models import User
from tests.factories import make_answer, make_comment, make_faq, make_question, make_topic

pytestmark = pytest.mark.any_database


@pytest.fixture(params=["/", "/help/"])
def prefix(request: pytest.FixtureRequest) -> Iterator[str]:
    before = get_script_prefix()
    set_script_prefix(request.param)
    yield request.param
    set_script_prefix(before)


def test_addresses_are_those_of_the_map_also_below_a_folder(prefix: str, ann: User, stella: User) -> None:
    question = make_question(ann, "Löst sich Öl in Wasser?")
    topic, discreet = question.topic, make_topic("Skin", "skin", channel="private", discreet=True)
    entry, kept_quiet = make_faq(stella), make_faq(stella, "Does it itch?", topic=discreet)
    answer = make_answer(question, stella)
    comment = make_comment(answer, ann)
    of_question = reverse("forum:question_detail", args=[question.public_id, "loest-sich-oel-in-wasser"])
    found = [row.get_absolute_url() for row in (question, answer, comment, topic, discreet, entry, kept_quiet)]
    assert found == [
        of_question,
        f"{of_question}#a-{answer.public_id}",
        f"{of_question}#c-{comment.public_id}",
        reverse("forum:topic_detail", args=[topic.slug]),
        reverse("forum:private_topic", args=[discreet.pk]),
        reverse("forum:faq_detail", args=[entry.slug]),
        reverse("forum:private_entry", args=[kept_quiet.pk]),
    ]
    assert all(one.startswith(prefix) for one in found)
