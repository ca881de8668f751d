"""Rows of a large, plausible body of content: the same for the same seed, in batches of bounded size."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any, TypeVar

from django.db.models import Model
from django.db.models.base import ModelState

from accounts.models import StaffCard, User
from forum.generation import texts
from forum.models import Acceptance, Answer, Question, Topic, WaitingOn
from forum.models.identifiers import slug_of

POOL = 300
ANSWERS = 3
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
M = TypeVar("M", bound=Model)


@dataclass
class Batch:
    questions: list[Question] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    acceptances: list[Acceptance] = field(default_factory=list)


class Generator:
    """Makes batches of questions, each with three answers, the first by staff."""

    def __init__(
        self, *, seed: int, until: datetime, topics: list[Topic], customers: list[User], cards: list[StaffCard]
    ) -> None:
        self.random = Random(seed)  # noqa: S311 - content for benchmarks, not a secret
        self.until, self.topics, self.customers, self.cards = until, topics, customers, cards
        self.question_texts = texts.question_pool(self.random, POOL)
        self.answer_texts = texts.answer_pool(self.random, POOL)
        self._plain_question, self._plain_answer = Question(), Answer()

    def batches(self, count: int, size: int = 2_000) -> Iterator[Batch]:
        for start in range(0, count, size):
            batch = Batch()
            for number in range(start, min(start + size, count)):
                self._add_question(batch, age=timedelta(minutes=7 * (count - number)))
            yield batch

    def _add_question(self, batch: Batch, age: timedelta) -> None:
        text, asker = self.random.choice(self.question_texts), self.random.choice(self.customers)
        title = texts.title(self.random)
        asked_at = self.until - age
        accepted = self.random.random() < 0.6
        question = _like(
            self._plain_question,
            public_id=self._public_id(), title=title, slug=slug_of(title), text=text.source, html=text.html,
            author_id=asker.pk, author_name=asker.nickname, topic_id=self.random.choice(self.topics).pk, language="de",
            created_at=asked_at, last_activity_at=asked_at + timedelta(hours=30),
            waiting_on=WaitingOn.NOBODY, promised_at=asked_at + timedelta(hours=24),
            first_staff_answer_at=asked_at + timedelta(hours=10), answer_count=ANSWERS,
            accepted_count=int(accepted), metoo_count=int(self.random.expovariate(0.5)),
        )  # fmt: skip
        batch.questions.append(question)
        answers = [self._answer(question, place) for place in range(ANSWERS)]
        batch.answers.extend(answers)
        if accepted:
            batch.acceptances.append(
                Acceptance(
                    answer=answers[0], accepted_by_id=asker.pk, accepted_by_name=asker.nickname,
                    accepted_at=asked_at + timedelta(hours=20),
                )
            )  # fmt: skip

    def _answer(self, question: Question, place: int) -> Answer:
        text = self.random.choice(self.answer_texts)
        answer = _like(
            self._plain_answer,
            public_id=self._public_id(), text=text.source, html=text.html,
            created_at=question.created_at + timedelta(hours=10 * (place + 1)),
        )  # fmt: skip
        answer.question = question
        if place == 0:
            card = self.random.choice(self.cards)
            answer.author_id, answer.author_name, answer.staff_card_id = card.user_id, card.name, card.pk
            answer.posted_as_name, answer.posted_as_role = card.name, card.role_title
            answer.posted_as_sign_off = card.sign_off
        else:
            author = self.random.choice(self.customers)
            answer.author_id, answer.author_name = author.pk, author.nickname
        return answer

    def _public_id(self) -> str:
        bits = self.random.getrandbits(50)
        return "".join(_ALPHABET[bits >> shift & 31] for shift in range(0, 50, 5))


def _like(plain: M, **values: Any) -> M:
    """A new row with the values of a plain one but these; a constructor asks every field for its default again."""
    row = type(plain).__new__(type(plain))
    row.__dict__ = plain.__dict__ | values | {"_state": ModelState()}
    return row
