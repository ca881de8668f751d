"""`manage.py generate`: content for benchmarks that is the same for everybody who measures."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import StaffCard, User
from forum.models import Acceptance, Answer, Company, Question

pytestmark = pytest.mark.django_db


def generate(**options: Any) -> None:
    call_command("generate", questions=12, customers=5, verbosity=0, **options)


def content() -> list[tuple[Any, ...]]:
    rows = Answer.objects.order_by("public_id").values_list(
        "public_id", "text", "author_name", "posted_as_name", "created_at", "question__public_id", "question__title"
    )
    return list(rows)


def test_each_question_has_three_answers_and_the_first_is_by_staff() -> None:
    generate()
    assert Question.objects.count() == 12
    for question in Question.objects.all():
        answers = list(question.answers.order_by("created_at"))
        assert [answer.is_by_staff for answer in answers] == [True, False, False]
        assert question.answer_count == 3
        assert question.first_staff_answer_at == answers[0].created_at
        assert answers[0].author == answers[0].staff_card.user
        assert question.accepted_count == Acceptance.objects.filter(answer__question=question).count()


def test_the_same_seed_makes_the_same_content_and_another_makes_other() -> None:
    generate(seed=3)
    first = content()
    Question.objects.all().delete()
    StaffCard.objects.all().delete()
    User.objects.all().delete()
    generate(seed=3)
    assert content() == first
    generate(seed=4)
    assert Question.objects.count() == 24


def test_a_visitor_reads_it(client: Client) -> None:
    generate()
    Company.objects.update(languages="de")
    for question in Question.objects.all():
        page = client.get(question.get_absolute_url())
        assert page.status_code == 200
        assert all(answer.html in page.text for answer in question.answers.all())


@pytest.mark.parametrize("options", [{"questions": 0}, {"questions": 3, "customers": 0}, {"questions": 3, "seed": 1}])
def test_what_makes_no_sense_is_refused_in_a_sentence(options: dict[str, int]) -> None:
    generate(seed=1)
    with pytest.raises(CommandError, match=r"must be 1 or more|is here already"):
        call_command("generate", verbosity=0, **options)
    assert Question.objects.count() == 12
